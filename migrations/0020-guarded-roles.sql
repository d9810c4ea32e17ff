-- What any role can enter is what its columns say, and what the office and the public process can change needs the
-- entry that tells of it, in the same transaction.

-- RFC 8785, as far as entries use it: numbers are whole, of at most 15 digits, or have at most 6 decimals.
create function canonical_json(p_value jsonb, p_depth integer default 0) returns text
  language plpgsql immutable set search_path = pg_catalog, public
as $$
declare
  v_text text;
begin
  if p_depth > 32 then
    raise exception 'nested too deeply' using errcode = 'data_exception';
  end if;
  case jsonb_typeof(p_value)
    when 'object' then
      select string_agg(to_jsonb(m.key)::text || ':' || public.canonical_json(m.value, p_depth + 1), ','
        order by m.key collate "C") into v_text from jsonb_each(p_value) as m;
      return '{' || coalesce(v_text, '') || '}';
    when 'array' then
      select string_agg(public.canonical_json(i.value, p_depth + 1), ',' order by i.place) into v_text
      from jsonb_array_elements(p_value) with ordinality as i (value, place);
      return '[' || coalesce(v_text, '') || ']';
    when 'number' then
      if p_value::text !~ '^-?(0|[1-9][0-9]{0,14}|(0|[1-9][0-9]{0,7})\.[0-9]{0,5}[1-9])$' then
        raise exception 'a number of another form' using errcode = 'data_exception';
      end if;
      return p_value::text;
    else
      return p_value::text;
  end case;
end $$;
revoke all on function canonical_json(jsonb, integer) from public;

-- Whether an act's bytes are its envelope (src/record/entry.ts), about what its columns say.
create function act_says(p_kind text, p_initiative text, p_about bigint, p_text text) returns boolean
  language plpgsql stable set search_path = pg_catalog, public
as $$
declare
  v_body constant jsonb := p_text::jsonb;
begin
  return jsonb_typeof(v_body) = 'object'
    and v_body - array['at', 'basis', 'body', 'capacity', 'case', 'kind', 'replaces', 'v', 'why'] = '{}'
    and v_body ? 'body' and v_body -> 'v' = '1'
    and v_body -> 'kind' = to_jsonb(p_kind)
    and v_body -> 'case' is not distinct from to_jsonb(p_initiative)
    and v_body -> 'replaces' is not distinct from to_jsonb(p_about)
    and jsonb_typeof(v_body -> 'basis') = 'string'
    and v_body ->> 'capacity' ~ '^[a-z][a-z-]{0,39}$'
    and v_body ->> 'at' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$'
    and public.canonical_json(v_body) = p_text
    and (p_about is null or (select e.is_act from public.entry e where e.seq = p_about));
end $$;
revoke all on function act_says(text, text, bigint, text) from public;

-- Leaf and count come from the bytes, so no role, not even the owner, may enter bytes that say something else: the
-- sequencer would count them, or stop at them and at every round after. A settlement or void names an entry with an
-- index, of its case and of the kind it can be about: else giving it its own index would fail for ever.
-- One look at all rows of a statement, and no JSON parsed for the numerous kinds: under 25 µs a signature.
create function judge_entries() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_kind text;
begin
  select e.kind into v_kind
  from entered e cross join lateral (select convert_from(e.body, 'UTF8') as said) t
  where (case
    when e.kind in ('joint-signature', 'proposal-signature') then
      not e.is_act and e.about is null and (e.kind = 'proposal-signature') = (e.initiative like 'D%')
      and left(right(t.said, 51), 43) ~ '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$'
      and t.said = '{"case":"' || e.initiative || '","commitment":"'
        || rtrim(translate(encode(e.commitment, 'base64'), '+/', '-_'), '=')
        || '","kind":"' || e.kind || '","tag":"' || left(right(t.said, 51), 43) || '","v":1}'
    when e.kind = 'held' then
      not e.is_act and e.about is null
      and t.said = '{"act":"' || case when e.initiative like 'D%' then 'proposal' else 'joint' end
        || '-signature","case":"' || e.initiative || '","commitment":"'
        || rtrim(translate(encode(e.commitment, 'base64'), '+/', '-_'), '=') || '","kind":"held","v":1}'
    when e.kind = 'settled' then
      not e.is_act
      and regexp_replace(regexp_replace(t.said, '","code":"[A-Za-z][A-Za-z0-9_-]{0,59}","index":', '","index":'),
        ',"tag":"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]","v":1\}$', ',"v":1}')
        = '{"act":"' || case when e.initiative like 'D%' then 'proposal' else 'joint' end
        || '-signature","case":"' || e.initiative || '","index":' || e.about || ',"kind":"settled","outcome":"'
        || case when t.said ~ '"tag":' then 'counted' else 'refused' end || '","v":1}'
      and (t.said ~ '"tag":') = (t.said !~ '"code":')
      and (select h.kind = 'held' and h.initiative = e.initiative from public.entry h where h.seq = e.about)
    when e.kind = 'void' then
      not e.is_act
      and regexp_replace(regexp_replace(t.said, '","ground":"[A-Za-z][A-Za-z0-9_-]{0,59}","index":', '","index":'),
        ',"result":"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]","v":1\}$', ',"v":1}')
        = '{"act":"' || case when e.initiative like 'D%' then 'proposal' else 'joint' end
        || '-signature","case":"' || e.initiative || '","index":' || e.about || ',"kind":"void","v":1}'
      and t.said ~ '"ground":'
      and (select s.initiative = e.initiative and (s.kind in ('joint-signature', 'proposal-signature')
          or (s.kind = 'settled' and convert_from(s.body, 'UTF8') ~ '"outcome":"counted"'))
        from public.entry s where s.seq = e.about)
    else e.is_act and public.act_says(e.kind, e.initiative, e.about, t.said)
  end) is not true
  limit 1;
  if found then
    raise exception 'an entry of kind % is not what its columns say', v_kind
      using errcode = 'integrity_constraint_violation', constraint = 'entry_is_what_it_says';
  end if;
  return null;
exception
  when data_exception then
    raise exception 'an entry is not canonical JSON'
      using errcode = 'integrity_constraint_violation', constraint = 'entry_is_what_it_says';
end $$;
revoke all on function judge_entries() from public;
create trigger entry_is_what_it_says after insert on entry referencing new table as entered
  for each statement execute function judge_entries();

-- A held signature is of the act that its number says.
create or replace function judge_intake_entry() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
declare
  v_text text := convert_from(new.body, 'UTF8');
  v_tag  text := substring(v_text from '"tag":"([A-Za-z0-9_-]{43})"');
  v_act  text := case when new.initiative like 'D%' then 'proposal-signature' else 'joint-signature' end;
  v_want text;
begin
  if new.is_act or new.seq is not null or new.about is not null or new.kind not in (v_act, 'held') then
    raise exception 'only signatures may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_intake';
  end if;
  v_want := case new.kind
    when 'held' then format('{"act":"%s","case":"%s","commitment":"%s","kind":"held","v":1}',
      v_act, new.initiative, base64url(new.commitment))
    else format('{"case":"%s","commitment":"%s","kind":"%s","tag":"%s","v":1}',
      new.initiative, base64url(new.commitment), new.kind, v_tag)
  end;
  if v_text is distinct from v_want then
    raise exception 'an entry must be what its row says'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_intake';
  end if;
  return new;
end $$;

-- The acts of the officers' desk (src/officers/desk-acts.ts), with what follows from them; never the log's own life, nor
-- the opening or closing of a case or of a draft.
create or replace function judge_office_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if new.seq is not null or new.commitment is not null or new.is_act = (new.kind = 'void')
    or new.kind not in ('access-code', 'affidavit', 'announcement', 'approval', 'check-request', 'check-result', 'closure',
      'collection', 'correction', 'decision', 'hearing', 'initiative-filed', 'key-event', 'notice-to-collect', 'opinion',
      'paper-proposers', 'purpose-notice', 'raw-count', 'retraction', 'stop', 'supplement', 'suspension', 'switch',
      'version', 'void', 'vote', 'withdrawal') then
    raise exception 'only acts of the office may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office';
  end if;
  return new;
end $$;

-- At COMMIT: a void names the registry's result that was entered with it, and that result's digest of deletions is of
-- exactly the voids that name it. Whether the registry signed that result is for readers to verify.
create function result_name(p_case text, p_body jsonb) returns text
  language sql immutable set search_path = pg_catalog, public
as $$
  select public.base64url(sha256(convert_to(public.canonical_json(jsonb_build_object(
    'body', p_body - 'proof', 'capacity', 'registry', 'case', p_case, 'kind', 'check-result', 'v', 1)), 'UTF8')))
$$;
revoke all on function result_name(text, jsonb) from public;

create function judge_office_void() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_said constant jsonb := convert_from(new.body, 'UTF8')::jsonb;
  v_name text;
  v_voids text;
  v_told boolean;
begin
  if new.kind = 'void' then
    select true into v_told
    from public.entry r
    where r.is_act and r.kind = 'check-result' and r.seq is null and r.xmin = pg_current_xact_id()::xid
      and public.result_name(r.initiative, convert_from(r.body, 'UTF8')::jsonb -> 'body') = v_said ->> 'result'
      and (r.initiative = new.initiative or exists (
        select from public.entry f
        where f.is_act and f.kind = 'initiative-filed' and f.initiative = r.initiative
          and convert_from(f.body, 'UTF8')::jsonb -> 'body' -> 'proposal' ->> 'draft' = new.initiative))
    limit 1;
  else
    v_name := public.result_name(new.initiative, v_said -> 'body');
    select string_agg(v.about || ' ' || (v.said ->> 'ground') || E'\n', '' order by v.about) into v_voids
    from (
      select e.about, convert_from(e.body, 'UTF8')::jsonb as said from public.entry e
      where e.kind = 'void' and e.seq is null and e.xmin = pg_current_xact_id()::xid offset 0) v
    where v.said ->> 'result' = v_name;
    v_told := v_voids is null or encode(sha256(convert_to(v_voids, 'UTF8')), 'hex')
      is not distinct from v_said -> 'body' -> 'electronic' ->> 'voids';
  end if;
  if v_told is not true then
    raise exception 'an exclusion needs the result that names it'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office_void';
  end if;
  return null;
end $$;
revoke all on function judge_office_void() from public;
create constraint trigger entry_of_office_void after insert on entry deferrable initially deferred for each row
  when (current_user = 'lianshu_office' and new.kind in ('void', 'check-result')) execute function judge_office_void();

-- A signature is excluded once; and by any role but the owner only with the `void` about its entry.
create trigger joint_signature_voids_once before update on joint_signature for each row
  when (old.voided_at is not null and new.voided_at is distinct from old.voided_at) execute function refuse_change();

create function judge_voided_signature() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.entry v
    where v.kind = 'void' and v.about = (select e.seq from public.entry e where e.id = new.entry_id)
      and v.initiative = new.initiative and v.seq is null and v.xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'a signature is excluded together with the entry that tells of it'
      using errcode = 'insufficient_privilege', constraint = 'joint_signature_void_is_told';
  end if;
  return null;
end $$;
revoke all on function judge_voided_signature() from public;

-- When a case takes signatures changes, by any role but the owner, only with the act that says so.
create function judge_period() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_told constant text[] := array(
    select e.kind from public.entry e
    where e.seq is null and e.is_act and e.xmin = pg_current_xact_id()::xid
      and (e.initiative = new.number or (e.initiative is null and e.kind = 'closure')));
  v_new constant boolean := tg_op = 'INSERT';
begin
  if ((v_new and new.opens_at is not null or not v_new and new.opens_at is distinct from old.opens_at)
      and not 'opened' = any (v_told))
    or ((v_new and new.closes_at is not null or not v_new and new.closes_at is distinct from old.closes_at)
      and not ('opened' = any (v_told)
        or not v_new and 'closure' = any (v_told) and coalesce(new.closes_at > old.closes_at, false)))
    or ((v_new and new.stopped_at is not null or not v_new and new.stopped_at is distinct from old.stopped_at)
      and not (v_told && array['roster-filed', 'withdrawal', 'stop', 'proposal-closed']
        and (v_new or old.stopped_at is null)))
    or (v_new and new.closed_at is not null) then
    raise exception 'when a case takes signatures changes together with the entry that tells of it'
      using errcode = 'insufficient_privilege', constraint = 'initiative_period_is_told';
  end if;
  return null;
end $$;
revoke all on function judge_period() from public;

do $$
begin
  execute format('create constraint trigger joint_signature_void_is_told after update of voided_at on joint_signature
    deferrable initially deferred for each row
    when (current_user <> %L) execute function judge_voided_signature()', current_user);
  execute format('create constraint trigger initiative_period_is_told
    after insert or update of opens_at, closes_at, stopped_at on initiative deferrable initially deferred for each row
    when (current_user <> %L) execute function judge_period()', current_user);
end $$;

-- That a draft's lead proposer signed: only in the transaction of a signature under that draft.
create function mark_lead_signed(p_draft text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.joint_signature s
    where s.initiative = p_draft and s.act = 'proposal-signature' and s.xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'nobody signed this draft in this transaction'
      using errcode = 'insufficient_privilege', constraint = 'proposal_draft_lead_signs';
  end if;
  update public.proposal_draft set has_lead_signed = true where number = p_draft and not has_lead_signed;
end $$;
revoke all on function mark_lead_signed(text) from public;

-- How often an address may ask and how much may wait are not the caller's to say. An instant in the future does not
-- make what was asked before it old.
drop function follow_ask(text, text, bytea, bytea, bytea, text, bytea, bytea, timestamptz, integer, integer);
create function follow_ask(p_id text, p_initiative text, p_person bytea, p_address bytea, p_sealed bytea,
    p_language text, p_confirm bytea, p_stop bytea, p_now timestamptz)
  returns text
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  c_most_a_day   constant integer := 6;
  c_most_waiting constant integer := 5000;
  v_row public.subscription;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(p_person, 'hex'), 0));
  if (select count(*) from public.subscription_mail where about in ('confirm', 'already')) >= c_most_waiting then
    return 'full';
  end if;
  if (select count(*) from public.subscription_request
      where address = p_address and asked_at > least(p_now, now()) - interval '24 hours') >= c_most_a_day then
    return 'often';
  end if;
  insert into public.subscription_request values (p_address, p_now);
  select * into v_row from public.subscription where initiative = p_initiative and person = p_person;
  if v_row.confirmed_at is not null then
    insert into public.subscription_mail (subscription, about, due_at, asked_at)
      values (v_row.id, 'already', p_now, p_now) on conflict do nothing;
    return 'asked';
  end if;
  -- Asked again before confirming: the older link ends.
  delete from public.subscription where id = v_row.id;
  insert into public.subscription (id, initiative, person, sealed, language, confirm_sha256, stop_sha256, asked_at)
    values (p_id, p_initiative, p_person, p_sealed, p_language, p_confirm, p_stop, p_now);
  insert into public.subscription_mail (subscription, about, due_at, asked_at) values (p_id, 'confirm', p_now, p_now);
  return 'asked';
end $$;
revoke all on function follow_ask(text, text, bytea, bytea, bytea, text, bytea, bytea, timestamptz) from public;

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    revoke update (has_lead_signed) on proposal_draft from lianshu_intake;
    grant execute on function mark_lead_signed(text),
      follow_ask(text, text, bytea, bytea, bytea, text, bytea, bytea, timestamptz) to lianshu_intake;
  end if;
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_office') then
    -- The desk records that a code ended and that an affidavit came on paper; it reads no hash and no sealed evidence.
    revoke select on access_code, affidavit from lianshu_office;
    grant select (initiative, serial, issued_at) on access_code to lianshu_office;
    grant select (initiative, entry_id, received_at) on affidavit to lianshu_office;
  end if;
end $$;

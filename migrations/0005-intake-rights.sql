-- What a taken-over public process can write: nothing but a pending signature or held entry whose bytes follow
-- from a row of its own, inside the period of an open case. Acts, voids and settlements are the owner's alone.

create function base64url(p_bytes bytea) returns text
  language sql immutable strict set search_path = pg_catalog
as $$ select rtrim(translate(replace(encode(p_bytes, 'base64'), E'\n', ''), '+/', '-_'), '=') $$;

-- The canonical bytes of a compact entry, built from columns; `tag` is the only part that is not one.
create function judge_intake_entry() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
declare
  v_text text := convert_from(new.body, 'UTF8');
  v_tag  text := substring(v_text from '"tag":"([A-Za-z0-9_-]{43})"');
  v_want text;
begin
  if new.is_act or new.seq is not null or new.about is not null or new.kind not in ('joint-signature', 'proposal-signature', 'held') then
    raise exception 'only signatures may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_intake';
  end if;
  v_want := case new.kind
    when 'held' then format('{"act":"%s","case":"%s","commitment":"%s","kind":"held","v":1}',
      substring(v_text from '"act":"(joint-signature|proposal-signature)"'), new.initiative, base64url(new.commitment))
    else format('{"case":"%s","commitment":"%s","kind":"%s","tag":"%s","v":1}',
      new.initiative, base64url(new.commitment), new.kind, v_tag)
  end;
  if v_text is distinct from v_want then
    raise exception 'an entry must be what its row says'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_intake';
  end if;
  return new;
end $$;

-- At COMMIT: the row is there, in time, and the case takes signatures. Definer: intake cannot read tags.
create function judge_intake_row() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.initiative i
    join (
      select s.initiative, s.received_at from public.joint_signature s
        where s.entry_id = new.id and s.initiative = new.initiative and s.commitment = new.commitment
          and s.act = new.kind
      union all
      select h.initiative, h.received_at from public.held_signature h
        where h.entry_id = new.id and h.initiative = new.initiative and h.commitment = new.commitment
          and new.kind = 'held'
    ) r on r.initiative = i.number
    where i.closed_at is null and i.opens_at <= r.received_at
      and r.received_at < least(i.closes_at, coalesce(i.stopped_at, i.closes_at))
  ) then
    raise exception 'an entry needs its row, received while the case takes signatures'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_intake_row';
  end if;
  return null;
end $$;
revoke all on function judge_intake_row() from public;

do $$
begin
  -- The owner (sequencer, jobs, registration) is not judged; any other role is.
  execute format('create trigger entry_of_intake before insert on entry for each row
    when (current_user <> %L) execute function judge_intake_entry()', current_user);
  execute format('create constraint trigger entry_of_intake_row after insert on entry
    deferrable initially deferred for each row
    when (current_user <> %L) execute function judge_intake_row()', current_user);
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant execute on function base64url(bytea) to lianshu_intake;
    -- What is held is opened by the jobs alone.
    revoke select on held_signature from lianshu_intake;
    grant select (initiative, act, tx, commitment, hold_key_id, reason, received_at, entry_id, settled_at,
      outcome, code, promise) on held_signature to lianshu_intake;
  end if;
end $$;

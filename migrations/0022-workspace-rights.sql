-- 工作臺 with a role of its own. What a taken-over workspace can write: the drafts, accounts and sessions it keeps, and
-- into the record only what a lead proposer causes there, each act together with what it tells of. It reads no tag, no
-- commitment, no sealed column and nothing of officers or followers.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'lianshu_workspace') then
    begin
      create role lianshu_workspace nologin;
    exception
      when insufficient_privilege then
        raise notice 'role lianshu_workspace does not exist and may not be created: single-role mode';
      when duplicate_object or unique_violation then null; -- another database of this server, just now
    end;
  end if;
end $$;

-- Answered challenges of the workspace, apart from those of the officers: who can forget one can answer it twice.
create table account_challenge (
  sha256     bytea       primary key,
  expires_at timestamptz not null
);

-- Signatures by legal day, for those who may count them and not see when one came. Definer: the workspace reads no time.
create function signed_by_day(p_initiative text, p_before date) returns table (day text, counted bigint)
  language sql stable security definer set search_path = pg_catalog
as $$
  select (s.received_at at time zone 'Asia/Taipei')::date::text, count(*)
  from public.joint_signature s
  where s.initiative = p_initiative and s.voided_at is null
    and s.received_at < p_before::timestamp at time zone 'Asia/Taipei'
  group by 1 order by 1
$$;
revoke all on function signed_by_day(text, date) from public;

-- The acts that pages of the workspace enter (src/console, src/drafting), with what follows from them.
create function judge_workspace_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if new.seq is not null or new.commitment is not null or not new.is_act or new.initiative is null
    or new.about is not null and new.kind <> 'help-contact'
    or new.kind not in ('access-code', 'affidavit', 'collection', 'correction', 'help-contact', 'initiative-filed',
      'opened', 'proposal-closed', 'proposal-opened', 'roster-filed', 'signing-address', 'supplement', 'version') then
    raise exception 'only acts of a lead proposer may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_workspace';
  end if;
  return new;
end $$;

-- At COMMIT: the act is the lead proposer's own step, and what it tells of happened in its transaction. A case comes
-- only from a draft that is closed with it, with the text that its proposers signed and with as many as are counted.
create function judge_workspace_act() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_said constant jsonb := convert_from(new.body, 'UTF8')::jsonb;
  v_body constant jsonb := v_said -> 'body';
  v_with constant text[] := array(
    select e.kind from public.entry e
    where e.initiative = new.initiative and e.seq is null and e.is_act and e.xmin = pg_current_xact_id()::xid);
  v_draft text;
  v_good boolean;
begin
  v_good := case
    when new.kind = 'opened' then v_said ->> 'capacity' = 'system'
    when new.kind = 'version' then v_said ->> 'capacity' in ('system', 'lead-proposer')
    else v_said ->> 'capacity' = 'lead-proposer'
  end and case new.kind
    when 'access-code' then v_body ->> 'step' = 'issued' and exists (
      select from public.access_code c where c.initiative = new.initiative and c.xmin = pg_current_xact_id()::xid)
    when 'affidavit' then v_body ->> 'step' = 'signed' and exists (
      select from public.affidavit a where a.entry_id = new.id and a.initiative = new.initiative
        and encode(a.statement_sha256, 'hex') = v_body ->> 'statementDigest')
    when 'supplement' then v_body ->> 'step' = 'filed'
    when 'help-contact' then new.about is null or exists (
      select from public.entry e
      where e.seq = new.about and e.kind = 'help-contact' and e.initiative = new.initiative)
    when 'opened' then 'signing-address' = any (v_with)
    when 'version' then v_with && array['correction', 'initiative-filed']
    when 'proposal-opened' then exists (
      select from public.proposal_draft d where d.number = new.initiative and d.xmin = pg_current_xact_id()::xid)
    when 'proposal-closed' then v_body ->> 'outcome' = 'withdrawn' or v_body ->> 'outcome' = 'filed' and exists (
      select from public.entry f
      where f.is_act and f.kind = 'initiative-filed' and f.initiative = v_body ->> 'case'
        and f.seq is null and f.xmin = pg_current_xact_id()::xid
        and convert_from(f.body, 'UTF8')::jsonb -> 'body' -> 'proposal' ->> 'draft' = new.initiative)
    else true
  end;
  if v_good and new.kind = 'initiative-filed' then
    v_draft := v_body -> 'proposal' ->> 'draft';
    v_good := exists (
        select from public.entry c
        where c.is_act and c.kind = 'proposal-closed' and c.initiative = v_draft
          and c.seq is null and c.xmin = pg_current_xact_id()::xid
          and convert_from(c.body, 'UTF8')::jsonb -> 'body' ->> 'case' = new.initiative)
      and exists (
        select from public.initiative_version d
        join public.initiative_version f on f.text_sha256 = d.text_sha256
        where d.initiative = v_draft and d.version = 1 and f.initiative = new.initiative and f.version = 1)
      and v_body -> 'proposal' -> 'electronic' = to_jsonb((
        select count(*) from public.joint_signature s where s.initiative = v_draft and s.voided_at is null));
  end if;
  if v_good is not true then
    raise exception 'an act of a lead proposer comes with what it tells of'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_workspace_is_so';
  end if;
  return null;
end $$;
revoke all on function judge_workspace_act() from public;

-- A case, a draft or a text that the workspace brings is told in the same transaction.
create function judge_workspace_case() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.entry e
    where e.initiative = new.number and e.is_act and e.seq is null and e.xmin = pg_current_xact_id()::xid
      and e.kind = case when new.number like 'D%' then 'proposal-opened' else 'initiative-filed' end
  ) then
    raise exception 'a case or draft comes with the entry that tells of it'
      using errcode = 'insufficient_privilege', constraint = 'initiative_of_workspace_is_told';
  end if;
  return null;
end $$;
revoke all on function judge_workspace_case() from public;

create function judge_workspace_text() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.entry e
    where e.initiative = new.initiative and e.is_act and e.seq is null and e.xmin = pg_current_xact_id()::xid
      and e.kind in ('proposal-opened', 'version')
      and convert_from(e.body, 'UTF8')::jsonb -> 'body' ->> 'textDigest' = encode(new.text_sha256, 'hex')
  ) then
    raise exception 'a text comes with the entry that names it'
      using errcode = 'insufficient_privilege', constraint = 'text_of_workspace_is_told';
  end if;
  return null;
end $$;
revoke all on function judge_workspace_text() from public;

-- As in 0020, and: a draft takes signatures from the entry that opens it, and a case or draft is closed, once, with the
-- entry that says so.
create or replace function judge_period() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_told constant text[] := array(
    select e.kind from public.entry e
    where e.seq is null and e.is_act and e.xmin = pg_current_xact_id()::xid
      and (e.initiative = new.number or (e.initiative is null and e.kind = 'closure')));
  v_new constant boolean := tg_op = 'INSERT';
  v_opens constant boolean := v_told && array['opened', 'proposal-opened'];
begin
  if ((v_new and new.opens_at is not null or not v_new and new.opens_at is distinct from old.opens_at)
      and not v_opens)
    or ((v_new and new.closes_at is not null or not v_new and new.closes_at is distinct from old.closes_at)
      and not (v_opens
        or not v_new and 'closure' = any (v_told) and coalesce(new.closes_at > old.closes_at, false)))
    or ((v_new and new.stopped_at is not null or not v_new and new.stopped_at is distinct from old.stopped_at)
      and not (v_told && array['roster-filed', 'withdrawal', 'stop', 'proposal-closed']
        and (v_new or old.stopped_at is null)))
    or (v_new and new.closed_at is not null)
    or (not v_new and new.closed_at is distinct from old.closed_at
      and not (v_told && array['closed', 'proposal-closed'] and old.closed_at is null)) then
    raise exception 'when a case takes signatures changes together with the entry that tells of it'
      using errcode = 'insufficient_privilege', constraint = 'initiative_period_is_told';
  end if;
  return null;
end $$;

do $$
declare
  v_owner text := current_user;
begin
  drop trigger entry_of_intake on entry;
  drop trigger entry_of_intake_row on entry;
  drop trigger initiative_period_is_told on initiative;
  execute format('create trigger entry_of_intake before insert on entry for each row
    when (current_user not in (%L, ''lianshu_office'', ''lianshu_workspace'')) execute function judge_intake_entry()',
    v_owner);
  execute format('create constraint trigger entry_of_intake_row after insert on entry
    deferrable initially deferred for each row
    when (current_user not in (%L, ''lianshu_office'', ''lianshu_workspace'')) execute function judge_intake_row()',
    v_owner);
  execute format('create constraint trigger initiative_period_is_told
    after insert or update of opens_at, closes_at, stopped_at, closed_at on initiative
    deferrable initially deferred for each row
    when (current_user <> %L) execute function judge_period()', v_owner);
  create trigger entry_of_workspace before insert on entry for each row
    when (current_user = 'lianshu_workspace') execute function judge_workspace_entry();
  create constraint trigger entry_of_workspace_is_so after insert on entry deferrable initially deferred for each row
    when (current_user = 'lianshu_workspace') execute function judge_workspace_act();
  create constraint trigger initiative_of_workspace_is_told after insert on initiative
    deferrable initially deferred for each row
    when (current_user = 'lianshu_workspace') execute function judge_workspace_case();
  create constraint trigger text_of_workspace_is_told after insert on initiative_version
    deferrable initially deferred for each row
    when (current_user = 'lianshu_workspace') execute function judge_workspace_text();
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_workspace') then
    grant usage on schema public to lianshu_workspace;
    -- The record and the cases: read as published, written as judged above.
    grant select (id, seq, kind, initiative, about, is_act, body) on entry to lianshu_workspace;
    grant insert (id, kind, initiative, commitment, about, is_act, body) on entry to lianshu_workspace;
    grant usage on sequence entry_id_seq to lianshu_workspace;
    grant select on initiative, initiative_version, case_grams, opinion_text, day_tally to lianshu_workspace;
    grant insert (number, opens_at, closes_at, closed_at) on initiative to lianshu_workspace;
    grant update (opens_at, closes_at, stopped_at, closed_at) on initiative to lianshu_workspace;
    grant insert on initiative_version to lianshu_workspace;
    grant insert, update on case_grams to lianshu_workspace;
    alter function create_signing_partition(text) security definer;
    grant execute on function create_signing_partition(text), signed_by_day(text, date) to lianshu_workspace;
    -- How many, never who or when.
    grant select (initiative, act, voided_at) on joint_signature to lianshu_workspace;
    grant select (initiative, act, settled_at) on held_signature to lianshu_workspace;
    -- Its own.
    grant select, insert on account, account_mandate, account_invite, account_passkey, account_session,
      account_challenge, draft, draft_version, draft_comment, proposal_draft, access_code to lianshu_workspace;
    grant update (failures, locked_until) on account, access_code to lianshu_workspace;
    grant update (mandate, given_by, given_at, until_on, ended_at) on account_mandate to lianshu_workspace;
    grant update (used_at) on account_invite to lianshu_workspace;
    grant update (counter, ended_at) on account_passkey to lianshu_workspace;
    grant update (seen_at, ended_at) on account_session to lianshu_workspace;
    grant update (newest, frozen_version, frozen_at, draft_number) on draft to lianshu_workspace;
    grant update (resolved_at, resolved_by) on draft_comment to lianshu_workspace;
    grant delete on account_challenge, draft to lianshu_workspace;
    grant insert on affidavit to lianshu_workspace;
    grant select (initiative, person) on affidavit to lianshu_workspace;
    -- Letters about deleted proposers: sealed to a key that the lead proposer gave.
    grant select (initiative, round, letter) on proposer_check to lianshu_workspace;
    grant select, insert, update on letter_key to lianshu_workspace;
    begin
      execute format('grant lianshu_workspace to %I', v_owner);
    exception when insufficient_privilege or duplicate_object or unique_violation then null;
    end;
  end if;
end $$;

-- 承辦: acts of no case, the checklist of an act, texts of opinions that are public, and officers whom two officers invite.

-- An act of no case has no row to name: an announcement to all, a switch, a closure, a proposal filed on paper.
alter table proposed_action alter column initiative drop not null;
-- What the officer who prepared it had ticked, as they saw it: a JSON array of texts. Never public.
alter table proposed_action add column checklist text;
drop trigger proposed_action_is_fixed on proposed_action;
create trigger proposed_action_is_fixed before update on proposed_action for each row
  when (new.id <> old.id or new.initiative is distinct from old.initiative or new.body <> old.body
    or new.sha256 <> old.sha256 or new.proposed_by <> old.proposed_by or new.proposed_at <> old.proposed_at
    or new.checklist is distinct from old.checklist or old.ended_at is not null)
  execute function refuse_change();

-- Acts are found by their kind over all cases: announcements, switches, closures.
create index entry_acts_by_kind on entry (kind, id) where is_act;

-- 機關意見書全文: public from the moment its entry is, under the digest that the entry names.
create table opinion_text (
  initiative text  not null references initiative (number),
  sha256     bytea not null,
  body       bytea not null,
  primary key (initiative, sha256),
  constraint opinion_text_digest check (sha256 = sha256(body))
);
create trigger opinion_text_is_fixed before update on opinion_text for each row execute function refuse_change();
create trigger opinion_text_is_kept before delete on opinion_text for each row execute function refuse_change();

-- 擬派任: one officer proposes another, a second officer signs it. The link is made when the second has signed.
create table officer_nomination (
  id           text        primary key,
  body         text        not null,             -- canonical JSON: label, capacity, days of the mandate
  sha256       bytea       not null unique,
  proposed_by  text        not null references officer (id),
  proposed_at  timestamptz not null,
  ended_at     timestamptz,
  outcome      text,                             -- approved, withdrawn
  approved_by  text        references officer (id),
  client_data        bytea,                      -- the assertion of the officer who approved
  authenticator_data bytea,
  signature          bytea unique,
  constraint officer_nomination_digest check (sha256 = sha256(convert_to(body, 'UTF8'))),
  constraint officer_nomination_outcome check
    ((ended_at is null) = (outcome is null) and (outcome is null or outcome in ('approved', 'withdrawn'))),
  constraint officer_nomination_two check (approved_by is null or approved_by <> proposed_by),
  constraint officer_nomination_signed check ((outcome is not distinct from 'approved') = (approved_by is not null
    and client_data is not null and authenticator_data is not null and signature is not null))
);
create trigger officer_nomination_is_fixed before update on officer_nomination for each row
  when (new.id <> old.id or new.body <> old.body or new.sha256 <> old.sha256 or new.proposed_by <> old.proposed_by
    or new.proposed_at <> old.proposed_at or old.ended_at is not null)
  execute function refuse_change();
create trigger officer_nomination_is_kept before delete on officer_nomination
  for each row execute function refuse_change();

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant select on opinion_text to lianshu_intake;
  end if;
end $$;

-- The role of the officers' process: it enters acts, and cannot read or write a signature, a tag or a sealed record,
-- nor give an entry its index. Where the migrating user may not create roles, an administrator creates it first, or
-- the office runs with one role and says so at start.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'lianshu_office') then
    begin
      create role lianshu_office nologin;
    exception
      when insufficient_privilege then
        raise notice 'role lianshu_office does not exist and may not be created: single-role mode';
      when duplicate_object or unique_violation then null; -- another database of this server, just now
    end;
  end if;
end $$;

-- What a taken-over office can write into the record: acts, and exclusions that a registry's signed result carries;
-- never a signature or a settlement, nor anything of the log's own life.
create function judge_office_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if (not new.is_act and new.kind <> 'void') or new.seq is not null or new.commitment is not null
    or new.kind in ('day', 'policy', 'incident', 'destruction', 'proposal-opened') then
    raise exception 'only acts of the office may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office';
  end if;
  return new;
end $$;

do $$
declare
  v_owner text := current_user;
begin
  drop trigger entry_of_intake on entry;
  drop trigger entry_of_intake_row on entry;
  execute format('create trigger entry_of_intake before insert on entry for each row
    when (current_user not in (%L, ''lianshu_office'')) execute function judge_intake_entry()', v_owner);
  execute format('create constraint trigger entry_of_intake_row after insert on entry
    deferrable initially deferred for each row
    when (current_user not in (%L, ''lianshu_office'')) execute function judge_intake_row()', v_owner);
  create trigger entry_of_office before insert on entry for each row
    when (current_user = 'lianshu_office') execute function judge_office_entry();
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_office') then
    grant usage on schema public to lianshu_office;
    grant select on entry, log, case_count, initiative, initiative_version, record_condition, case_grams,
      proposal_draft, opinion_text to lianshu_office;
    grant insert (id, kind, initiative, commitment, about, is_act, body) on entry to lianshu_office;
    grant usage on sequence entry_id_seq to lianshu_office;
    grant insert on initiative, initiative_version, opinion_text to lianshu_office;
    grant update (opens_at, closes_at, stopped_at) on initiative to lianshu_office;
    grant insert, update, delete on case_grams to lianshu_office;
    grant select, insert on officer, mandate, officer_invite, passkey, officer_session, spent_challenge,
      proposed_action, action_approval, action_text, officer_nomination to lianshu_office;
    grant update (failures, locked_until) on officer to lianshu_office;
    grant update (from_on, until_on) on mandate to lianshu_office;
    grant update (used_at) on officer_invite to lianshu_office;
    grant update (counter, ended_at) on passkey to lianshu_office;
    grant update (seen_at, ended_at) on officer_session to lianshu_office;
    grant delete on spent_challenge to lianshu_office;
    grant update (ended_at, outcome, entry_id) on proposed_action to lianshu_office;
    grant update (ended_at, outcome, approved_by, client_data, authenticator_data, signature)
      on officer_nomination to lianshu_office;
    -- A proposal filed on paper becomes a case: its partition is made by the owner's function.
    alter function create_signing_partition(text) security definer;
    grant execute on function create_signing_partition(text) to lianshu_office;
    begin
      execute format('grant lianshu_office to %I', v_owner);
    exception when insufficient_privilege or duplicate_object or unique_violation then null;
    end;
  end if;
end $$;

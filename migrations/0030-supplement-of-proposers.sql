-- 補提提案人: a draft that was filed takes proposals again while the lead proposer of its case may supply proposers. It is
-- opened by the entry that says so, of the case that was filed with it and ordered to; and ends once more, for good.

-- Whether these bytes say that the draft is opened again, or was, for the case that was filed with it.
create function is_supplement_of(p_draft text, p_case text) returns boolean
  language sql stable set search_path = pg_catalog, public
as $$
  select exists (
      select from public.entry f
      where f.is_act and f.kind = 'initiative-filed' and f.initiative = p_case
        and convert_from(f.body, 'UTF8')::jsonb -> 'body' -> 'proposal' ->> 'draft' = p_draft)
    and exists (
      select from public.entry s
      where s.is_act and s.kind = 'supplement' and s.initiative = p_case
        and convert_from(s.body, 'UTF8')::jsonb -> 'body' @> '{"of": "proposers", "step": "ordered"}')
$$;
revoke all on function is_supplement_of(text, text) from public;

-- As in 0026, and: the office opens a draft again and ends its supplement, nothing else of a draft.
create or replace function judge_office_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if new.seq is not null or new.commitment is not null or new.is_act = (new.kind = 'void')
    or new.kind not in ('access-code', 'affidavit', 'announcement', 'approval', 'check-request', 'check-result', 'closure',
      'collection', 'correction', 'decision', 'delivered', 'election-day', 'hearing', 'initiative-filed', 'key-event',
      'notice-to-collect', 'opened', 'opinion', 'paper-proposers', 'proposal-closed', 'proposal-reopened',
      'purpose-notice', 'raw-count', 'retraction', 'stop', 'supplement', 'suspension', 'switch', 'version', 'void', 'vote',
      'withdrawal')
    or new.kind = 'opened' and not exists (
      select from public.entry o
      where o.seq = new.about and o.kind = 'opened' and o.initiative = new.initiative)
    or new.kind = 'proposal-closed' and not exists (
      select from public.entry o where o.kind = 'proposal-reopened' and o.initiative = new.initiative) then
    raise exception 'only acts of the office may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office';
  end if;
  return new;
end $$;

-- At COMMIT, whoever enters it: a draft is opened again once, under an order of the case filed with it.
create function judge_draft_reopened() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not public.is_supplement_of(new.initiative, convert_from(new.body, 'UTF8')::jsonb -> 'body' ->> 'case')
    or exists (
      select from public.entry o
      where o.kind = 'proposal-reopened' and o.initiative = new.initiative and o.id <> new.id) then
    raise exception 'a draft is opened again once, for a supplement that was ordered'
      using errcode = 'integrity_constraint_violation', constraint = 'draft_reopened_for_supplement';
  end if;
  return null;
end $$;
revoke all on function judge_draft_reopened() from public;
create constraint trigger draft_reopened_for_supplement after insert on entry deferrable initially deferred for each row
  when (new.kind = 'proposal-reopened') execute function judge_draft_reopened();

-- As in 0026, for drafts as well.
create or replace function judge_period() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  v_told constant text[] := array(
    select e.kind from public.entry e
    where e.seq is null and e.is_act and e.xmin = pg_current_xact_id()::xid
      and (e.initiative = new.number or (e.initiative is null and e.kind = 'closure')));
  v_new constant boolean := tg_op = 'INSERT';
  v_opens constant boolean := v_told && array['opened', 'proposal-opened', 'proposal-reopened'];
  v_again constant boolean := not v_new and ('proposal-reopened' = any (v_told)
    or 'opened' = any (v_told) and exists (
      select from public.entry s
      where s.is_act and s.kind = 'supplement' and s.initiative = new.number
        and convert_from(s.body, 'UTF8')::jsonb -> 'body' @> '{"of": "signers", "step": "ordered"}'));
begin
  if ((v_new and new.opens_at is not null or not v_new and new.opens_at is distinct from old.opens_at)
      and not v_opens)
    or ((v_new and new.closes_at is not null or not v_new and new.closes_at is distinct from old.closes_at)
      and not (v_opens
        or not v_new and 'closure' = any (v_told) and coalesce(new.closes_at > old.closes_at, false)))
    or ((v_new and new.stopped_at is not null or not v_new and new.stopped_at is distinct from old.stopped_at)
      and not (v_told && array['roster-filed', 'withdrawal', 'stop', 'proposal-closed', 'supplement']
        and new.stopped_at is not null and (v_new or old.stopped_at is null)
        or v_again and new.stopped_at is null))
    or (v_new and new.closed_at is not null)
    or (not v_new and new.closed_at is distinct from old.closed_at
      and not (v_told && array['closed', 'proposal-closed'] and old.closed_at is null
        or v_again and new.closed_at is null)) then
    raise exception 'when a case takes signatures changes together with the entry that tells of it'
      using errcode = 'insufficient_privilege', constraint = 'initiative_period_is_told';
  end if;
  return null;
end $$;

create or replace function judge_reopening() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.entry o
    where o.is_act and o.initiative = new.number and o.seq is null and o.xmin = pg_current_xact_id()::xid
      and (o.kind = 'proposal-reopened' or o.kind = 'opened' and exists (
        select from public.entry s
        where s.initiative = o.initiative and s.is_act and s.kind = 'supplement'
          and convert_from(s.body, 'UTF8')::jsonb -> 'body' @> '{"of": "signers", "step": "ordered"}'))
  ) then
    raise exception 'a closed case is opened again for a supplement only'
      using errcode = 'integrity_constraint_violation', constraint = 'initiative_stays_closed';
  end if;
  return null;
end $$;

-- As in 0022, and: a lead proposer who files a supplement ends the collecting for it.
create or replace function judge_workspace_act() returns trigger
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
    when 'proposal-closed' then v_body ->> 'outcome' = 'withdrawn' or v_body ->> 'outcome' = 'supplemented' and exists (
      select from public.entry s
      where s.is_act and s.kind = 'supplement' and s.initiative = v_body ->> 'case'
        and s.seq is null and s.xmin = pg_current_xact_id()::xid
        and public.is_supplement_of(new.initiative, s.initiative)
    ) or v_body ->> 'outcome' = 'filed' and exists (
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

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_office') then
    grant update (closed_at) on initiative to lianshu_office;
  end if;
end $$;

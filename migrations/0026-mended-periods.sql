-- Two more ways in which a period of signing moves, each with the entry that tells of it: an `opened` of the office in
-- the place of a former one, with the corrected collection; and signing opened again for a supplement of signers.
create or replace function judge_office_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if new.seq is not null or new.commitment is not null or new.is_act = (new.kind = 'void')
    or new.kind not in ('access-code', 'affidavit', 'announcement', 'approval', 'check-request', 'check-result', 'closure',
      'collection', 'correction', 'decision', 'delivered', 'election-day', 'hearing', 'initiative-filed', 'key-event',
      'notice-to-collect', 'opened', 'opinion', 'paper-proposers', 'purpose-notice', 'raw-count', 'retraction', 'stop',
      'supplement', 'suspension', 'switch', 'version', 'void', 'vote', 'withdrawal')
    or new.kind = 'opened' and not exists (
      select from public.entry o
      where o.seq = new.about and o.kind = 'opened' and o.initiative = new.initiative) then
    raise exception 'only acts of the office may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office';
  end if;
  return new;
end $$;

-- At COMMIT: who opens in the place of a former opening corrects a collection in the same transaction.
create function judge_office_opened() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.entry c
    join public.entry f on f.seq = c.about and f.kind = 'collection' and f.initiative = c.initiative
    where c.is_act and c.kind = 'collection' and c.initiative = new.initiative
      and c.seq is null and c.xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'a period is corrected together with the collection that fixes it'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office_opened';
  end if;
  return null;
end $$;
revoke all on function judge_office_opened() from public;
create constraint trigger entry_of_office_opened after insert on entry deferrable initially deferred for each row
  when (current_user = 'lianshu_office' and new.kind = 'opened') execute function judge_office_opened();

-- As in 0022, and: what ended the signing of a case no longer holds once it is opened again for a supplement.
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
  v_again constant boolean := not v_new and 'opened' = any (v_told) and exists (
    select from public.entry s
    where s.is_act and s.kind = 'supplement' and s.initiative = new.number
      and convert_from(s.body, 'UTF8')::jsonb -> 'body' @> '{"of": "signers", "step": "ordered"}');
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

-- A closed case stays closed, whoever asks, unless a supplement of its signers was ordered and opens it again.
create function judge_reopening() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  if not exists (
    select from public.entry o
    join public.entry s on s.initiative = o.initiative and s.is_act and s.kind = 'supplement'
      and convert_from(s.body, 'UTF8')::jsonb -> 'body' @> '{"of": "signers", "step": "ordered"}'
    where o.is_act and o.kind = 'opened' and o.initiative = new.number
      and o.seq is null and o.xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'a closed case is opened again for a supplement only'
      using errcode = 'integrity_constraint_violation', constraint = 'initiative_stays_closed';
  end if;
  return null;
end $$;
revoke all on function judge_reopening() from public;
drop trigger initiative_keeps_number on initiative;
create trigger initiative_keeps_number before update on initiative for each row
  when (new.number <> old.number or (old.closed_at is not null and new.closed_at is not null
    and new.closed_at is distinct from old.closed_at))
  execute function refuse_change();
create constraint trigger initiative_stays_closed after update of closed_at on initiative
  deferrable initially deferred for each row
  when (old.closed_at is not null and new.closed_at is null) execute function judge_reopening();

-- Which entry a commitment has, and that it has only one. In a table of its own, because giving an entry its index
-- writes a new version of its row, and each index over `entry` is then touched again: commitments are random, so that
-- was one page of a large index for each entry of a round, and a round cost more the longer the log grew.

drop index entry_commitment;

create table recorded_commitment (
  commitment bytea  not null,
  entry_id   bigint not null,
  constraint entry_commitment primary key (commitment)
);
comment on table recorded_commitment is 'written by the trigger entry_records_commitment and by nothing else';

insert into recorded_commitment (commitment, entry_id)
  select commitment, id from entry where commitment is not null order by commitment;

create trigger recorded_commitment_is_fixed before update on recorded_commitment
  for each row execute function refuse_change();
create trigger recorded_commitment_is_kept before delete on recorded_commitment
  for each row execute function refuse_change();
create trigger recorded_commitment_is_kept_whole before truncate on recorded_commitment
  for each statement execute function refuse_change();

-- Sorted, so that two processes that enter the same commitments wait for each other and never for ever.
create function record_commitments() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  insert into public.recorded_commitment (commitment, entry_id)
    select e.commitment, e.id from entered e where e.commitment is not null order by e.commitment;
  return null;
end $$;
revoke all on function record_commitments() from public;
create trigger entry_records_commitment after insert on entry referencing new table as entered
  for each statement execute function record_commitments();

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant select on recorded_commitment to lianshu_intake;
  end if;
end $$;

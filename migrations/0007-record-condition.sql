-- Whether the record takes entries, for every process to see. One row, written by the sequencer alone: `refused`
-- by a start that met a sign of a fork, `read-only` until the witnesses' quorum has answered, `serving` after a
-- start check that passed. `heard_at` moves every few seconds while a sequencer lives.
create table record_condition (
  only_one   boolean     primary key default true,
  state      text        not null default 'serving',
  reasons    text        not null default '[]',        -- codes of the findings behind it, a JSON array
  changed_at timestamptz not null default clock_timestamp(),
  heard_at   timestamptz,                              -- null: no sequencer has ever started here
  constraint record_condition_only_one check (only_one),
  constraint record_condition_state check (state in ('serving', 'read-only', 'refused'))
);
insert into record_condition default values;
create trigger record_condition_is_kept before delete on record_condition
  for each row execute function refuse_change();

-- No process, whichever it is and whatever it believes, enters anything into a record that must not grow: an
-- entry in a forked database would be lost with it. A read without a lock: who saw `serving` a moment before the
-- refusal leaves one pending entry, which harms nobody.
create function refuse_entry_unless_serving() returns trigger
  language plpgsql security definer set search_path = pg_catalog
as $$
declare
  v_state text := (select c.state from public.record_condition c);
begin
  if v_state is distinct from 'serving' then
    raise exception 'the record takes no entries now: %', v_state
      using errcode = 'object_not_in_prerequisite_state', constraint = 'record_is_read_only';
  end if;
  return null;
end $$;
revoke all on function refuse_entry_unless_serving() from public;
create trigger entry_while_serving before insert on entry
  for each statement execute function refuse_entry_unless_serving();

do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant select on record_condition to lianshu_intake;
  end if;
end $$;

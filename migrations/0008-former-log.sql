-- A log that goes on under another name and other keys (docs/adr/0026). The tree stays; name and keys of its
-- checkpoints change, once, in the transaction that says so in the record.

create table former_log (
  ordinal     integer     primary key,  -- 1 for the oldest name; its last checkpoint is /log/former/<ordinal>/checkpoint
  origin      text        not null unique,
  successor   text        not null,     -- the name the log goes on under
  size        bigint      not null,     -- final: what is beyond belongs to the successor
  root        bytea       not null,
  edge        bytea       not null,     -- right edge at that size: unfinished tiles are published from it
  checkpoint  text        not null,     -- final signed note
  keys        text        not null,     -- verifier keys of that name, one a line
  replaced_at timestamptz not null,
  constraint former_log_ordinal_from_one check (ordinal >= 1),
  constraint former_log_size_from_one check (size >= 1),
  constraint former_log_root_length check (octet_length(root) = 32),
  constraint former_log_other_name check (successor <> origin)
);

create trigger former_log_is_immutable before update on former_log for each row execute function refuse_change();
create trigger former_log_is_kept before delete on former_log for each row execute function refuse_change();

-- As before, but another origin is allowed where its predecessor's end is written down and lies behind.
create function log_may_move() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.size < old.size or new.signed_at < old.signed_at
    or (new.size = old.size and new.root <> old.root)
    or (new.origin <> old.origin and not exists (
      select from public.former_log f
      where f.origin = old.origin and f.successor = new.origin and f.size > old.size and f.size < new.size))
    or exists (select from public.former_log f where f.origin = new.origin)
  then
    raise exception 'update on log: the log moves forward only'
      using errcode = 'integrity_constraint_violation', constraint = 'log_moves_forward';
  end if;
  return new;
end $$;

drop trigger log_moves_forward on log;
create trigger log_moves_forward before update on log for each row execute function log_may_move();

-- 公投案. The row holds only what must be locked and compared when a signature arrives; everything else about
-- a case is derived from its entries.

create table initiative (
  number        text        primary key,     -- 案號, `case` in entries
  opens_at      timestamptz,                 -- first instant of the signing period; null: not opened
  closes_at     timestamptz,                 -- first instant after it
  stopped_at    timestamptz,                 -- withdrawal 撤回 or stop 停止: no signature from here on
  closed_at     timestamptz,                 -- when the act `closed` was entered
  registered_at timestamptz not null default clock_timestamp(),
  constraint initiative_number_form check (number ~ '^[0-9]{4,6}$'),
  constraint initiative_period_whole check ((opens_at is null) = (closes_at is null)),
  constraint initiative_period_forward check (closes_at > opens_at),
  constraint initiative_closed_was_open check (closed_at is null or opens_at is not null),
  constraint initiative_closed_at_end check
    (closed_at is null or closed_at >= least(closes_at, coalesce(stopped_at, closes_at)))
);

create trigger initiative_keeps_number before update on initiative for each row
  when (new.number <> old.number or (old.closed_at is not null and new.closed_at is distinct from old.closed_at))
  execute function refuse_change();

-- A published version of a case's text: the exact bytes of the file, whose digest every statement names.
create table initiative_version (
  initiative   text        not null references initiative (number),
  version      integer     not null,
  text_file    bytea       not null,         -- 主文 and 理由書 as published
  text_sha256  bytea       not null,
  main_text    text        not null,
  published_at timestamptz not null,
  primary key (initiative, version),
  constraint initiative_version_from_one check (version >= 1),
  constraint initiative_version_digest check (text_sha256 = sha256(text_file))
);

create trigger initiative_version_is_immutable before update on initiative_version
  for each row execute function refuse_change();
create trigger initiative_version_is_kept before delete on initiative_version
  for each row execute function refuse_change();

-- What intake asks inside its transaction. The share lock makes opening, closing and stopping (which update
-- the row) wait for every signature that saw the period open, and the other way round.
create function hold_initiative(p_number text)
  returns table (opens_at timestamptz, closes_at timestamptz, stopped_at timestamptz, closed_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog
as $$
  select i.opens_at, i.closes_at, i.stopped_at, i.closed_at
  from public.initiative i where i.number = p_number for share
$$;
revoke all on function hold_initiative(text) from public;

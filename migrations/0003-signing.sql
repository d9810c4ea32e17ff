-- 連署. Sealed rows only: no column here names a person, and `tag` cannot be turned into one without the
-- case's key, which no process with this database has (trust.md §2).

-- The first key of an epoch's chain, wrapped to its public recipients. Stored with the epoch's first row.
create table epoch_key (
  epoch_id   text  primary key,
  initiative text  not null references initiative (number),
  part       text  not null,
  wrapped    bytea not null,
  constraint epoch_key_part check (part in ('evidence', 'roster')),
  constraint epoch_key_not_empty check (octet_length(wrapped) > 0),
  constraint epoch_key_of_part unique (epoch_id, initiative, part)
);

-- One row per counted signature. A partition per case: made by create_signing_partition, dropped by destruction.
create table joint_signature (
  initiative     text        not null,
  act            text        not null,
  tag            bytea       not null,       -- t: keyed hash of the national ID, per case and act
  tx             text        not null,       -- number of the transaction token, spent by this row
  commitment     bytea       not null,       -- L
  evidence_epoch text        not null references epoch_key (epoch_id) deferrable initially deferred,
  evidence_place integer     not null,
  evidence       bytea       not null,
  roster_epoch   text        not null references epoch_key (epoch_id) deferrable initially deferred,
  roster_place   integer     not null,
  roster         bytea       not null,
  received_at    timestamptz not null,       -- the last byte arrived: decides whether it was in time
  entry_id       bigint      not null references entry (id) deferrable initially deferred,
  voided_at      timestamptz,                -- when a `void` entry excluded it 不予計算
  constraint joint_signature_act check (act in ('joint-signature', 'proposal-signature')),
  constraint joint_signature_tag_length check (octet_length(tag) = 32),
  constraint joint_signature_commitment_length check (octet_length(commitment) = 32),
  constraint joint_signature_tx_length check (length(tx) between 1 and 64),
  constraint joint_signature_places check (evidence_place >= 0 and roster_place >= 0),
  constraint joint_signature_sealed check (octet_length(evidence) >= 16 and octet_length(roster) >= 16),
  constraint joint_signature_voided_later check (voided_at >= received_at)
) partition by list (initiative);

-- One person signs once; who was excluded may sign the supplement 補提. The only judge of duplicates.
create unique index joint_signature_once on joint_signature (initiative, act, tag) where voided_at is null;
create unique index joint_signature_tx on joint_signature (initiative, tx);
create unique index joint_signature_commitment on joint_signature (initiative, commitment);

-- Received, neither counted nor refused: the identity service or revocation gave no answer. Sealed to the
-- sealer's hold key of the day; takes no tag. Settled once, and then the ciphertext is gone.
create table held_signature (
  initiative  text        not null references initiative (number),
  act         text        not null,
  tx          text        not null,
  commitment  bytea       not null,
  hold_key_id text        not null,
  ciphertext  bytea,
  reason      text        not null,
  received_at timestamptz not null,
  entry_id    bigint      not null references entry (id) deferrable initially deferred,
  settled_at  timestamptz,
  outcome     text,
  code        text,
  primary key (initiative, commitment),
  constraint held_signature_tx unique (initiative, tx),
  constraint held_signature_act check (act in ('joint-signature', 'proposal-signature')),
  constraint held_signature_commitment_length check (octet_length(commitment) = 32),
  constraint held_signature_tx_length check (length(tx) between 1 and 64),
  constraint held_signature_settled_whole check ((settled_at is null) = (outcome is null)),
  constraint held_signature_outcome check (outcome in ('counted', 'refused')),
  constraint held_signature_code check ((outcome is not distinct from 'refused') = (code is not null)),
  constraint held_signature_reopenable check ((settled_at is null) = (ciphertext is not null)),
  constraint held_signature_settled_later check (settled_at >= received_at)
);
create index held_signature_waiting on held_signature (received_at) where settled_at is null;

create trigger held_signature_settles_once before update on held_signature for each row
  when (old.settled_at is not null or new.initiative <> old.initiative or new.act <> old.act
    or new.tx <> old.tx or new.commitment <> old.commitment or new.received_at <> old.received_at
    or new.entry_id <> old.entry_id)
  execute function refuse_change();

-- Counts by legal day and county, never rows; published only where large enough (k >= 10).
create table day_tally (
  initiative text    not null references initiative (number),
  act        text    not null,
  day        date    not null,
  county     text    not null,
  counted    integer not null,
  primary key (initiative, act, day, county),
  constraint day_tally_act check (act in ('joint-signature', 'proposal-signature')),
  constraint day_tally_not_negative check (counted >= 0)
);

create function create_signing_partition(p_initiative text) returns void
  language plpgsql volatile set search_path = pg_catalog, public
as $$
begin
  perform 1 from public.initiative where number = p_initiative;
  if not found then
    raise exception 'no initiative %', p_initiative using errcode = 'foreign_key_violation';
  end if;
  execute format('create table if not exists public.%I partition of public.joint_signature for values in (%L)',
    'joint_signature_' || p_initiative, p_initiative);
end $$;
revoke all on function create_signing_partition(text) from public;

-- The one question about an earlier signature: when was the first? Asked with a tag, which nobody can make
-- for a bare number, and only after signature and identity are confirmed.
create function first_signed_at(p_initiative text, p_act text, p_tag bytea) returns timestamptz
  language sql stable security definer set search_path = pg_catalog
as $$
  select s.received_at from public.joint_signature s
  where s.initiative = p_initiative and s.act = p_act and s.tag = p_tag and s.voided_at is null
$$;
revoke all on function first_signed_at(text, text, bytea) from public;

-- The role of the process that talks to the public: it inserts tags and cannot read them. Where the migrating
-- user may not create roles, an administrator creates `lianshu_intake` first, or the platform runs with one
-- role for everything and says so at start.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    begin
      create role lianshu_intake nologin;
    exception
      when insufficient_privilege then
        raise notice 'role lianshu_intake does not exist and may not be created: single-role mode';
      when duplicate_object or unique_violation then null; -- another database of this server, just now
    end;
  end if;
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant usage on schema public to lianshu_intake;
    grant insert (id, kind, initiative, commitment, about, is_act, body) on entry to lianshu_intake;
    grant select on entry, log, log_tile, case_count, initiative, initiative_version, epoch_key, day_tally
      to lianshu_intake;
    grant usage on sequence entry_id_seq to lianshu_intake;
    grant insert (initiative, act, tag, tx, commitment, evidence_epoch, evidence_place, evidence,
      roster_epoch, roster_place, roster, received_at, entry_id) on joint_signature to lianshu_intake;
    grant select (initiative, act, tx, commitment, received_at, entry_id, voided_at) on joint_signature
      to lianshu_intake;
    grant insert (initiative, act, tx, commitment, hold_key_id, ciphertext, reason, received_at, entry_id)
      on held_signature to lianshu_intake;
    grant select on held_signature to lianshu_intake;
    grant insert on epoch_key, day_tally to lianshu_intake;
    grant update (counted) on day_tally to lianshu_intake;
    grant execute on function hold_initiative(text), first_signed_at(text, text, bytea) to lianshu_intake;
    begin
      execute format('grant lianshu_intake to %I', current_user);
    exception when insufficient_privilege or duplicate_object or unique_violation then null;
    end;
  end if;
end $$;

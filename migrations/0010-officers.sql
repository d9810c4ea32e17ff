-- 承辦人員: who may act for an authority, by labels and never by names (承辦甲). People behind the labels are known
-- to the personnel office, not to this database.

create table officer (
  id           text        primary key,
  label        text        not null unique,
  failures     integer     not null default 0,   -- in a row, since the last success
  locked_until timestamptz,
  invited_at   timestamptz not null,
  constraint officer_label_form check (char_length(label) between 1 and 40),
  constraint officer_failures_counted check (failures >= 0)
);

-- 派任: what an officer may act for, and on which days.
create table mandate (
  officer   text not null references officer (id),
  capacity  text not null,
  from_on   date not null,
  until_on  date,                                -- last day; null: until ended
  primary key (officer, capacity),
  constraint mandate_forward check (until_on is null or until_on >= from_on)
);

-- A link that lets one officer register a passkey, once. Only its digest is here.
create table officer_invite (
  token_sha256 bytea       primary key,
  officer      text        not null references officer (id),
  expires_at   timestamptz not null,
  used_at      timestamptz,
  constraint officer_invite_digest check (octet_length(token_sha256) = 32)
);

-- One live passkey an officer: so that outsiders may take two keys for two officers.
create table passkey (
  credential_id text        primary key,
  key_sha256    text        not null unique,     -- of the credential id: its name in the public record
  officer       text        not null references officer (id),
  public_key    bytea       not null,            -- COSE
  counter       bigint      not null,
  transports    text        not null,            -- a JSON array
  registered_at timestamptz not null,
  ended_at      timestamptz,
  constraint passkey_name_form check (key_sha256 ~ '^[0-9a-f]{64}$')
);
create unique index passkey_one_live on passkey (officer) where ended_at is null;

create table officer_session (
  id_sha256  bytea       primary key,
  officer    text        not null references officer (id),
  credential text        not null references passkey (credential_id),
  began_at   timestamptz not null,
  seen_at    timestamptz not null,
  ended_at   timestamptz,
  constraint officer_session_digest check (octet_length(id_sha256) = 32)
);
create index officer_session_of on officer_session (officer) where ended_at is null;

-- Challenges that were answered: none is answered twice.
create table spent_challenge (
  sha256     bytea       primary key,
  expires_at timestamptz not null
);

-- 待核可: an act as two officers are asked to sign it: the exact bytes and their digest, unchangeable.
create table proposed_action (
  id          text        primary key,
  initiative  text        not null references initiative (number),
  body        bytea       not null,              -- canonical JSON
  sha256      bytea       not null unique,
  proposed_by text        not null references officer (id),
  proposed_at timestamptz not null,
  ended_at    timestamptz,
  outcome     text,                              -- entered, withdrawn
  entry_id    bigint,                            -- the act's, once entered
  constraint proposed_action_digest check (sha256 = sha256(body)),
  constraint proposed_action_outcome check
    ((ended_at is null) = (outcome is null) and (outcome is null or outcome in ('entered', 'withdrawn'))),
  constraint proposed_action_entered check ((outcome is not distinct from 'entered') = (entry_id is not null))
);
create index proposed_action_waiting on proposed_action (initiative) where ended_at is null;
create trigger proposed_action_is_fixed before update on proposed_action for each row
  when (new.id <> old.id or new.initiative <> old.initiative or new.body <> old.body or new.sha256 <> old.sha256
    or new.proposed_by <> old.proposed_by or new.proposed_at <> old.proposed_at or old.ended_at is not null)
  execute function refuse_change();
create trigger proposed_action_is_kept before delete on proposed_action
  for each row execute function refuse_change();

-- Assertions over an action's digest. One of each officer, and none used twice.
create table action_approval (
  action             text        not null references proposed_action (id),
  officer            text        not null references officer (id),
  credential         text        not null references passkey (credential_id),
  client_data        bytea       not null,
  authenticator_data bytea       not null,
  signature          bytea       not null unique,
  approved_at        timestamptz not null,
  primary key (action, officer)
);
create trigger action_approval_is_fixed before update on action_approval
  for each row execute function refuse_change();
create trigger action_approval_is_kept before delete on action_approval
  for each row execute function refuse_change();

-- A longer text that an act names by digest (an agency's opinion): public once its action is entered.
create table action_text (
  action text  not null references proposed_action (id),
  sha256 bytea not null,
  body   bytea not null,
  primary key (action, sha256),
  constraint action_text_digest check (sha256 = sha256(body))
);
create trigger action_text_is_fixed before update on action_text for each row execute function refuse_change();
create trigger action_text_is_kept before delete on action_text for each row execute function refuse_change();

-- 工作臺: who may work on drafts and cases. A lead proposer is known by a pseudonym that only the sealer can make, an
-- invited person by a label. No row holds a name or a national ID.

create table account (
  id           text        primary key,          -- random
  kind         text        not null,             -- card, passkey
  label        text        not null,             -- 領銜人帳號 7K3Q, or what the inviting person chose
  person       bytea       unique,               -- of a card account: the sealer's pseudonym
  failures     integer     not null default 0,   -- in a row, since the last success
  locked_until timestamptz,
  created_at   timestamptz not null,
  constraint account_kind check (kind in ('card', 'passkey')),
  constraint account_id_form check (id ~ '^[A-Za-z0-9_-]{16}$'),
  constraint account_label_bounded check (char_length(label) between 1 and 40),
  constraint account_person_of_card check ((kind = 'card') = (person is not null)),
  constraint account_person_length check (person is null or octet_length(person) = 32),
  constraint account_failures_counted check (failures >= 0)
);
create trigger account_person_is_fixed before update on account for each row
  when (new.id <> old.id or new.kind <> old.kind or new.person is distinct from old.person)
  execute function refuse_change();

-- 授權: what an account may do for one draft or case, and until when.
create table account_mandate (
  account    text        not null references account (id),
  scope      text        not null,               -- id of a private draft, draft number or case number
  mandate    text        not null,
  given_by   text        references account (id),
  given_at   timestamptz not null,
  until_on   date,                               -- last day; null: until ended
  ended_at   timestamptz,
  primary key (account, scope),
  constraint account_mandate_kind check (mandate in ('lead', 'co-drafter', 'assistant')),
  constraint account_mandate_scope check (scope ~ '^([A-Za-z0-9_-]{16}|D[0-9]{5}|[0-9]{4,6})$')
);
create index account_mandate_of_scope on account_mandate (scope) where ended_at is null;
-- One lead proposer at a time: there is no deputy (law.md §19).
create unique index account_mandate_one_lead on account_mandate (scope)
  where mandate = 'lead' and ended_at is null;

-- A link that lets an invited person register a passkey, once. Only its digest is here.
create table account_invite (
  token_sha256 bytea       primary key,
  account      text        not null references account (id),
  expires_at   timestamptz not null,
  used_at      timestamptz,
  constraint account_invite_digest check (octet_length(token_sha256) = 32)
);

create table account_passkey (
  credential_id text        primary key,
  account       text        not null references account (id),
  public_key    bytea       not null,            -- COSE
  counter       bigint      not null,
  registered_at timestamptz not null,
  ended_at      timestamptz
);
create unique index account_passkey_one_live on account_passkey (account) where ended_at is null;

create table account_session (
  id_sha256  bytea       primary key,
  account    text        not null references account (id),
  e_system   text,                               -- case whose access code was given at this sign-in
  began_at   timestamptz not null,
  seen_at    timestamptz not null,
  ended_at   timestamptz,
  constraint account_session_digest check (octet_length(id_sha256) = 32)
);
create index account_session_of on account_session (account) where ended_at is null;

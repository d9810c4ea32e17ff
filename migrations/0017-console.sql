-- 領銜人專區. What a lead proposer signed and was given for the e-system; everything public about it is in entries.

-- 使用電子連署系統切結書 signed by certificate: the statement as signed, and signature, certificate and identity
-- confirmation as one age file to the case's evidence recipients. The server cannot open it again.
create table affidavit (
  initiative       text        primary key references initiative (number),
  statement        bytea       not null,
  statement_sha256 bytea       not null,      -- stands in the entry
  person           bytea       not null,      -- whose card signed: the sealer's pseudonym, as at sign-in
  evidence         bytea       not null,
  entry_id         bigint      not null references entry (id) deferrable initially deferred,
  received_at      timestamptz not null,
  constraint affidavit_digest check (statement_sha256 = sha256(statement)),
  constraint affidavit_person_length check (octet_length(person) = 32),
  constraint affidavit_sealed check (octet_length(evidence) >= 200)
);
create trigger affidavit_is_fixed before update on affidavit for each row execute function refuse_change();

-- 系統認證碼: only a slow hash (scrypt) of each code a case was given. Which one holds follows from the entries.
create table access_code (
  initiative   text        not null references initiative (number),
  serial       integer     not null,          -- first, second … code of the case
  salt         bytea       not null,
  hash         bytea       not null,
  issued_at    timestamptz not null,
  failures     integer     not null default 0, -- in a row, since the last success
  locked_until timestamptz,
  primary key (initiative, serial),
  constraint access_code_from_one check (serial >= 1),
  constraint access_code_hashed check (octet_length(salt) = 16 and octet_length(hash) = 32),
  constraint access_code_failures_counted check (failures >= 0)
);
create trigger access_code_is_fixed before update on access_code for each row
  when (new.initiative <> old.initiative or new.serial <> old.serial or new.salt <> old.salt
    or new.hash <> old.hash or new.issued_at <> old.issued_at)
  execute function refuse_change();

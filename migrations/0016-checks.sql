-- 查對提案人. No column here names a person: paper sheets are sealed to the registry when they are typed, batches are
-- ciphertexts, results are reasons by row, and the letter about deleted proposers opens for the lead proposer alone.

-- A batch sheet 清冊 of paper proposers: the act that two officers are asked to enter.
create table paper_batch (
  id         bigint      generated always as identity primary key,
  initiative text        not null references initiative (number),
  body       bytea       not null,               -- of the act `paper-proposers`, canonical JSON
  closed_at  timestamptz not null,
  entered_at timestamptz,
  constraint paper_batch_entered_later check (entered_at >= closed_at)
);
create trigger paper_batch_is_fixed before update on paper_batch for each row
  when (new.initiative <> old.initiative or new.body <> old.body or old.entered_at is not null)
  execute function refuse_change();

-- One sheet of a paper roster. `id` is its row in answers of the registry.
create table paper_proposer (
  id            bigint      generated always as identity primary key,
  initiative    text        not null references initiative (number),
  township      text        not null,
  sheet         integer     not null,            -- 編號, from 1 within its township
  sealed        bytea       not null,            -- age file to the registry
  registered_at timestamptz not null,
  batch         bigint      references paper_batch (id),
  deleted_at    timestamptz,                     -- deleted by a check, for `reason`
  reason        text,
  constraint paper_proposer_township check (township ~ '^[0-9]{8}$'),
  constraint paper_proposer_sheet check (sheet >= 1),
  constraint paper_proposer_sealed check (octet_length(sealed) > 1024),
  constraint paper_proposer_deleted_whole check ((deleted_at is null) = (reason is null)),
  constraint paper_proposer_reason check (reason ~ '^[A-Z_]{1,40}$'),
  constraint paper_proposer_once unique (initiative, township, sheet)
);
create trigger paper_proposer_is_fixed before update on paper_proposer for each row
  when (new.initiative <> old.initiative or new.township <> old.township or new.sheet <> old.sheet
    or new.sealed <> old.sealed or (old.batch is not null and new.batch is distinct from old.batch)
    or old.deleted_at is not null)
  execute function refuse_change();
create trigger paper_proposer_is_kept before delete on paper_proposer for each row
  when (old.batch is not null) execute function refuse_change();

-- One check of a case's proposers: the first, or that of the supplement.
create table proposer_check (
  id          text        primary key,
  initiative  text        not null references initiative (number),
  round       integer     not null,
  body        bytea,                             -- the batch, ciphertexts; gone with the result
  digest      text        not null,
  required    integer     not null,
  entries     jsonb       not null,              -- index of the entry of each electronic row
  paper       jsonb       not null,              -- `paper_proposer.id` of each paper row
  prepared_at timestamptz not null,
  sent_at     timestamptz,
  asked_at    timestamptz,
  fault       text,                              -- the last answer that could not be used
  done        integer     not null default 0,
  result      jsonb,                             -- body of the act `check-result`, with its proof
  voids       jsonb,                             -- [[index, reason]]: deleted electronic rows
  deleted     jsonb,                             -- [[row, reason]]: deleted paper rows
  letter      bytea,                             -- age file to the lead proposer
  finished_at timestamptz,
  entered_at  timestamptz,
  constraint proposer_check_id check (id ~ '^[0-9a-f]{32}$' and digest ~ '^[0-9a-f]{64}$'),
  constraint proposer_check_round unique (initiative, round),
  constraint proposer_check_finished_whole check
    ((finished_at is null) = (result is null) and (result is null) = (voids is null)
      and (result is null) = (deleted is null)),
  constraint proposer_check_body check ((finished_at is null) = (body is not null)),
  constraint proposer_check_entered_later check (entered_at >= finished_at)
);
create trigger proposer_check_is_fixed before update on proposer_check for each row
  when (new.initiative <> old.initiative or new.round <> old.round or new.digest <> old.digest
    or new.entries <> old.entries or new.paper <> old.paper or old.entered_at is not null
    or (old.result is not null and new.result is distinct from old.result))
  execute function refuse_change();
create trigger proposer_check_is_kept before delete on proposer_check
  for each row execute function refuse_change();

-- To whom the letter about deleted proposers is sealed (施行細則 §9): a public key that the lead proposer gave.
create table letter_key (
  initiative text        primary key references initiative (number),
  recipient  text        not null,
  given_at   timestamptz not null
);

-- 草擬: private drafts of a lead proposer and those invited to help. Nothing here is public or part of the record;
-- a draft that is deleted is gone. Accounts belong to another module and are named by id.

create table draft (
  id             text        primary key,        -- random, stands in addresses
  lead           text        not null,           -- account of the lead proposer
  created_at     timestamptz not null,
  newest         integer     not null default 0, -- number of the newest version
  copied_from    text references draft (id) on delete set null,
  -- Set together when the text starts to collect proposers and may not change any more.
  frozen_version integer,
  frozen_at      timestamptz,
  draft_number   text unique,                    -- 草案編號, under which it is public
  constraint draft_id_form check (id ~ '^[A-Za-z0-9_-]{16}$'),
  constraint draft_frozen_whole check
    ((frozen_version is null) = (draft_number is null) and (frozen_version is null) = (frozen_at is null)),
  constraint draft_frozen_newest check (frozen_version is null or frozen_version = newest)
);
create index draft_of_lead on draft (lead);
create trigger draft_stays_frozen before update on draft for each row
  when (old.frozen_version is not null and (new.frozen_version is distinct from old.frozen_version
    or new.newest <> old.newest or new.draft_number is distinct from old.draft_number))
  execute function refuse_change();
create trigger draft_frozen_is_kept before delete on draft for each row
  when (old.frozen_version is not null) execute function refuse_change();

-- A saved text. Never edited: who changes it saves the next one.
create table draft_version (
  draft        text        not null references draft (id) on delete cascade,
  version      integer     not null,
  author       text        not null,             -- account
  author_label text,                             -- null: the lead proposer
  saved_at     timestamptz not null,
  body         text        not null,             -- canonical JSON of the fields
  primary key (draft, version),
  constraint draft_version_from_one check (version >= 1),
  constraint draft_version_bounded check (octet_length(body) <= 2000000)
);
create trigger draft_version_is_immutable before update on draft_version
  for each row execute function refuse_change();

create table draft_comment (
  id           text        primary key,
  draft        text        not null,
  version      integer     not null,
  part         text        not null,             -- the field it is about, or `all`
  author       text        not null,
  author_label text,
  written_at   timestamptz not null,
  body         text        not null,
  resolved_at  timestamptz,
  resolved_by  text,                             -- label of who settled it; null: the lead proposer
  foreign key (draft, version) references draft_version (draft, version) on delete cascade,
  constraint draft_comment_bounded check (char_length(body) between 1 and 4000)
);
create index draft_comment_of on draft_comment (draft, written_at);

-- 字詞索引: what a case's public text says, as pairs of neighbouring characters: Chinese writes no spaces, and no
-- service is asked. Follows from public texts and may be made again at any time.
create table case_grams (
  initiative text   not null references initiative (number),
  part       text   not null,                    -- subject, question, reasons
  text       text   not null,                    -- as indexed: normalised
  grams      text[] not null,
  primary key (initiative, part),
  constraint case_grams_part check (part in ('subject', 'question', 'reasons'))
);
create index case_grams_by_gram on case_grams using gin (grams);

do $$
begin
  if exists (select from pg_roles where rolname = 'lianshu_intake') then
    grant select on case_grams to lianshu_intake;
  end if;
end $$;

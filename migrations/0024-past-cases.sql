-- 歷次公投: national referendums voted on outside this platform, as an operator imported them from a file of theirs.
-- Told from public sources, each row with its own; no part of the record.
create table past_case (
  number        integer     primary key,
  vote_on       date        not null,
  title         text        not null,
  lead_proposer text        not null,            -- as publicly known, or the body that delivered the case
  yes           bigint      not null,
  no            bigint      not null,
  invalid       bigint      not null,
  electors      bigint      not null,
  turnout       integer     not null,            -- hundredths of a percent, as the source gives it
  passed        boolean     not null,
  source        text        not null,
  imported_at   timestamptz not null,
  constraint past_case_number check (number between 1 and 999),
  constraint past_case_ballots check (least(yes, no, invalid) >= 0 and yes + no + invalid <= electors and electors > 0),
  constraint past_case_turnout check (turnout between 0 and 10000),
  constraint past_case_source check (source ~ '^https://')
);

-- The index of words holds their titles too, under their numbers: cases of this platform have four digits or more.
alter table case_grams drop constraint case_grams_initiative_fkey;

do $$
declare
  v_role text;
begin
  foreach v_role in array array['lianshu_intake', 'lianshu_office', 'lianshu_workspace'] loop
    if exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('grant select on past_case to %I', v_role);
    end if;
  end loop;
end $$;

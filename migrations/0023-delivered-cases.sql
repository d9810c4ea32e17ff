-- What the officers' desk enters beside what it could: a case that another body delivers (公民投票法 §§14–16), and the
-- day of a national election (§23).
create or replace function judge_office_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if new.seq is not null or new.commitment is not null or new.is_act = (new.kind = 'void')
    or new.kind not in ('access-code', 'affidavit', 'announcement', 'approval', 'check-request', 'check-result', 'closure',
      'collection', 'correction', 'decision', 'delivered', 'election-day', 'hearing', 'initiative-filed', 'key-event',
      'notice-to-collect', 'opinion', 'paper-proposers', 'purpose-notice', 'raw-count', 'retraction', 'stop', 'supplement',
      'suspension', 'switch', 'version', 'void', 'vote', 'withdrawal') then
    raise exception 'only acts of the office may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_office';
  end if;
  return new;
end $$;

-- As in 0022, and: a lead proposer amends the plain words of the case.
create or replace function judge_workspace_entry() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if new.seq is not null or new.commitment is not null or not new.is_act or new.initiative is null
    or new.about is not null and new.kind <> 'help-contact'
    or new.kind not in ('access-code', 'affidavit', 'collection', 'correction', 'help-contact', 'initiative-filed',
      'opened', 'plain-words', 'proposal-closed', 'proposal-opened', 'roster-filed', 'signing-address', 'supplement',
      'version') then
    raise exception 'only acts of a lead proposer may be entered here'
      using errcode = 'insufficient_privilege', constraint = 'entry_of_workspace';
  end if;
  return new;
end $$;

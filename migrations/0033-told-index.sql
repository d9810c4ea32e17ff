-- What search finds of a case follows from its published text. By the workspace it changes only with the entry that brings
-- the case, the draft or the text: else a taken-over process could hide a case from search, or put words into it.
create function judge_workspace_index() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from public.entry e
    where e.initiative = new.initiative and e.is_act and e.seq is null and e.xmin = pg_current_xact_id()::xid
      and e.kind in ('initiative-filed', 'proposal-opened', 'version')
  ) or (tg_op = 'UPDATE' and (old.initiative, old.part) is distinct from (new.initiative, new.part)) then
    raise exception 'what search finds changes with the text'
      using errcode = 'insufficient_privilege', constraint = 'index_of_workspace_is_told';
  end if;
  return null;
end $$;
revoke all on function judge_workspace_index() from public;
create constraint trigger index_of_workspace_is_told after insert or update on case_grams
  deferrable initially deferred for each row
  when (current_user = 'lianshu_workspace') execute function judge_workspace_index();

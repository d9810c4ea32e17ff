-- 刪除理由 of a person is for the lead proposer alone (施行細則 §9): the registry seals it to them. Here stay totals in the
-- signed result, statutory grounds of electronic rows, which the record tells by entry, and which sheets were deleted.
-- What stood in clear is cleared, not sealed: SQL cannot, and a list whose lead proposer gave no key is the registry's
-- to deliver. Backups and the write-ahead log hold the former values until they expire.

alter table proposer_check disable trigger proposer_check_is_fixed;
update proposer_check set
  voids = (
    select coalesce(jsonb_agg(jsonb_build_array(v -> 0, case
      when v ->> 1 in ('AGE', 'RESIDENCE', 'GUARDIANSHIP', 'NOT_NATIONAL', 'DECEASED') then 'not-qualified'
      when v ->> 1 in ('NAME_OR_ID_ERROR', 'ADDRESS_ERROR') then 'name-id-or-address'
      when v ->> 1 = 'UNSIGNED' then 'unsigned'
      when v ->> 1 = 'FORGED' then 'forged'
      when v ->> 1 = 'BARRED_PROPOSER' then 'barred-proposer'
      else 'duplicate' end)), '[]')
    from jsonb_array_elements(voids) v),
  deleted = (select coalesce(jsonb_agg(d -> 0), '[]') from jsonb_array_elements(deleted) d)
where result is not null;
alter table proposer_check enable trigger proposer_check_is_fixed;

alter table proposer_check add constraint proposer_check_tells_no_reason check (
  not jsonb_path_exists(voids, 'strict $[*] ? (@.size() != 2 || @[1] like_regex "[A-Z_]")')
  and not jsonb_path_exists(deleted, 'strict $[*] ? (@.type() != "number")'));

alter table paper_proposer drop constraint paper_proposer_deleted_whole;
alter table paper_proposer drop constraint paper_proposer_reason;
alter table paper_proposer drop column reason;

-- Batch sheets name their sheets by a digest from here on. One that was closed before and never entered names none: its
-- sheets are free again, to be named by a new one.
alter table paper_proposer disable trigger paper_proposer_is_fixed;
update paper_proposer p set batch = null from paper_batch b where b.id = p.batch and b.entered_at is null;
alter table paper_proposer enable trigger paper_proposer_is_fixed;
delete from paper_batch where entered_at is null;

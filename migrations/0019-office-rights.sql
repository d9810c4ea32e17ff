-- What the office needs of the check of proposers: sealed rows out, exclusions in. It reads no tag and no evidence, and
-- counts signatures without reading who made them.
do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_office') then
    grant select (initiative, act, commitment, roster_epoch, roster_place, roster, received_at, entry_id, voided_at)
      on joint_signature to lianshu_office;
    grant update (voided_at) on joint_signature to lianshu_office;
    grant select (initiative, act, commitment, received_at, settled_at) on held_signature to lianshu_office;
    grant select on epoch_key to lianshu_office;
    grant select, insert, update, delete on paper_batch, paper_proposer to lianshu_office;
    grant select, insert, update on proposer_check, letter_key to lianshu_office;
    grant usage on all sequences in schema public to lianshu_office;
    -- Ending a lost access code, and taking in an affidavit on paper, are acts of the desk.
    grant select on access_code, affidavit to lianshu_office;
  end if;
end $$;

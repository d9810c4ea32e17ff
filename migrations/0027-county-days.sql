-- 縣市日計 is collected from the sealer by jobs, a finished day at a time, and read by the lead proposers' surface,
-- which rounds it. A process that meets the public needs none of it.
do $$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    revoke all on day_tally from lianshu_intake;
    revoke update (counted) on day_tally from lianshu_intake;
  end if;
end $$;

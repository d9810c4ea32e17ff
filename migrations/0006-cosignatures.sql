-- 副署: what witnesses signed about a checkpoint before it was published. The first cosignature of each witness key
-- over each size: its time says when, at the latest, the entries below that size were in the log. Later ones over
-- the same size only show that the witness is still there; they live in the public checkpoint.
create table cosignature (
  origin      text        not null, -- the log's
  size        bigint      not null,
  witness     text        not null, -- the key's name and id, as in a signature line: <name>+<hex id>
  line        text        not null, -- the signature line of the note, without its newline
  cosigned_at timestamptz not null, -- the time the witness states
  primary key (origin, size, witness),
  constraint cosignature_size_positive check (size > 0),
  constraint cosignature_witness_form check (witness ~ '^[^[:space:]+]{1,255}[+][0-9a-f]{8}$'),
  constraint cosignature_line_form check (line ~ '^— [^ \n]+ [A-Za-z0-9+/=]+$' and octet_length(line) <= 8192)
);

create trigger cosignature_is_immutable before update on cosignature for each row execute function refuse_change();
create trigger cosignature_is_kept before delete on cosignature for each row execute function refuse_change();
create trigger cosignature_is_kept_whole before truncate on cosignature for each statement execute function refuse_change();

do $$
begin
  -- Public facts; only the publisher, which runs as the owner, adds any.
  if exists (select from pg_catalog.pg_roles where rolname = 'lianshu_intake') then
    grant select on cosignature to lianshu_intake;
  end if;
end $$;

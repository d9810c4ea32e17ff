-- When a case takes signatures follows from the record and the law, whoever of the restricted roles writes it down: the
-- row says what the entry says, and the entry what the law makes of the days in the record.

-- The last day of a term of months that begins on the day after (公職人員選舉罷免法 §5; 行政程序法 §48).
create function months_later(p_event date, p_months integer) returns date
  language sql immutable set search_path = pg_catalog, public, pg_temp
as $$
  select case when extract(day from c.day) = extract(day from p_event + 1) then c.day - 1 else c.day end
  from (select (p_event + 1 + make_interval(months => p_months))::date as day) c
$$;

create function start_of_day(p_day date) returns timestamptz
  language sql immutable set search_path = pg_catalog, public, pg_temp
as $$ select p_day::timestamp at time zone 'Asia/Taipei' $$;

-- Whether an entry of the case stands: no later one of its kind, and no retraction, is in its place.
create function entry_stands(p_entry entry) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp
as $$
  select p_entry.seq is null or not exists (
    select from public.entry r
    where r.is_act and r.about = p_entry.seq and r.initiative is not distinct from p_entry.initiative
      and r.kind in (p_entry.kind, 'retraction'))
$$;

-- A last day of official closure gives way to the next working day.
create function moved_by_closures(p_day date) returns date
  language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_closed constant date[] := array(
    select (convert_from(c.body, 'UTF8')::jsonb -> 'body' ->> 'day')::date
    from public.entry c
    where c.is_act and c.kind = 'closure' and c.initiative is null and public.entry_stands(c));
  v_day date := p_day;
begin
  if p_day = any (v_closed) then
    while v_day = any (v_closed) or extract(isodow from v_day) > 5 loop
      v_day := v_day + 1;
    end loop;
  end if;
  return v_day;
end $$;

-- The order of a supplement by which something may be opened: it stands, and no opening came after it. Places are told by
-- the record, never by ids, which a role may choose; what has no place yet is the newest. `p_but` is the opening itself.
create function supplement_ordered(p_case text, p_of text, p_but bigint) returns date
  language sql stable set search_path = pg_catalog, public, pg_temp
as $$
  select (convert_from(s.body, 'UTF8')::jsonb -> 'body' ->> 'on')::date
  from public.entry s
  where s.is_act and s.kind = 'supplement' and s.initiative = p_case and public.entry_stands(s)
    and convert_from(s.body, 'UTF8')::jsonb -> 'body' @> jsonb_build_object('of', p_of, 'step', 'ordered')
    and (p_of <> 'signers' or not exists (
      select from public.entry o
      where o.is_act and o.kind = 'opened' and o.initiative = p_case and o.id <> p_but
        and coalesce(o.seq, 9223372036854775807) >= coalesce(s.seq, 9223372036854775807)))
  order by coalesce(s.seq, 9223372036854775807) desc, s.id desc
  limit 1
$$;

-- The last days that a supplement ordered on this day may have: closures move it, and a court that holds the case.
create function supplement_ends(p_case text, p_ordered date) returns date[]
  language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_days date[] := array[p_ordered + 30];
  v_since date;
  v_held integer;
  v_body jsonb;
begin
  for v_body in
    select convert_from(s.body, 'UTF8')::jsonb -> 'body' from public.entry s
    where s.is_act and s.kind = 'suspension' and s.initiative = p_case and public.entry_stands(s)
    order by coalesce(s.seq, 9223372036854775807), s.id
  loop
    if v_body ->> 'step' = 'begun' then
      v_since := coalesce(v_since, (v_body ->> 'on')::date);
    elsif v_since is not null then
      v_held := (v_body ->> 'on')::date - greatest(v_since, p_ordered);
      if v_held > 0 then
        v_days := array(
          select distinct d + n from unnest(v_days) d cross join unnest(array[0, v_held]) n
          union select public.moved_by_closures(d) + v_held from unnest(v_days) d);
      end if;
      v_since := null;
    end if;
  end loop;
  return array(select d from unnest(v_days) d union select public.moved_by_closures(d) from unnest(v_days) d);
end $$;

-- Whether the row of a case says what the entry says that opened it.
create function period_agrees(p_row initiative, p_body jsonb) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(p_row.closes_at = public.start_of_day((p_body ->> 'lastDay')::date + 1)
    and p_row.opens_at >= public.start_of_day((p_body ->> 'firstDay')::date), false)
$$;

-- Whether an opening says what follows from the record and the law.
create function is_lawful_opening(p_entry entry) returns boolean
  language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_said constant jsonb := convert_from(p_entry.body, 'UTF8')::jsonb;
  v_body constant jsonb := v_said -> 'body';
  v_today constant date := left(v_said ->> 'at', 10)::date;
  v_is_draft constant boolean := p_entry.initiative like 'D%';
  v_former public.entry;
  v_before jsonb;
  v_from date;
  v_ends date[];
begin
  if p_entry.kind = 'proposal-reopened' then
    v_from := public.supplement_ordered(v_body ->> 'case', 'proposers', p_entry.id);
    return coalesce(v_is_draft and (v_body ->> 'firstDay')::date between v_from and v_today
      and (v_body ->> 'lastDay')::date = any (public.supplement_ends(v_body ->> 'case', v_from)), false);
  end if;
  select * into v_former from public.entry o
    where o.is_act and o.kind = p_entry.kind and o.initiative = p_entry.initiative and o.id <> p_entry.id
    order by coalesce(o.seq, 9223372036854775807) desc, o.id desc limit 1;
  if p_entry.kind = 'proposal-opened' then
    v_from := (v_body ->> 'firstDay')::date;
    return coalesce(v_is_draft and v_former.id is null and p_entry.about is null and v_from <= v_today
      and (v_body ->> 'lastDay')::date
        in (public.months_later(v_from, 6), public.moved_by_closures(public.months_later(v_from, 6))), false);
  end if;
  if v_former.id is not null then
    v_before := convert_from(v_former.body, 'UTF8')::jsonb -> 'body';
  end if;
  if v_former.id is not null and p_entry.about is null then
    v_from := public.supplement_ordered(p_entry.initiative, 'signers', p_entry.id);
    v_ends := public.supplement_ends(p_entry.initiative, v_from);
  else
    -- The first, or one that corrects the only one there was while signing runs.
    if p_entry.about is distinct from v_former.seq or v_former.id is not null and (v_former.seq is null or exists (
      select from public.entry c where c.is_act and c.kind = 'closed' and c.initiative = p_entry.initiative)) then
      return false;
    end if;
    select min((convert_from(c.body, 'UTF8')::jsonb -> 'body' ->> 'on')::date) into v_from
      from public.entry c
      where c.is_act and c.kind = 'collection' and c.initiative = p_entry.initiative and public.entry_stands(c);
    v_ends := array[public.months_later(v_from, 6), public.moved_by_closures(public.months_later(v_from, 6))];
  end if;
  return coalesce(not v_is_draft and v_from <= v_today and (v_body ->> 'collectedOn')::date = v_from
    and (v_body ->> 'firstDay')::date = v_from + 1 and (v_body ->> 'lastDay')::date = any (v_ends)
    and (v_before is null or v_body -> 'threshold' = v_before -> 'threshold'
      and v_body -> 'electors' = v_before -> 'electors'), false);
exception
  when data_exception then
    return false;
end $$;

-- At COMMIT, of the restricted roles: an opening says what the law makes of the record, and the row says the same.
create function judge_opening() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not public.is_lawful_opening(new) or not exists (
    select from public.initiative i
    where i.number = new.initiative and i.closed_at is null
      and public.period_agrees(i, convert_from(new.body, 'UTF8')::jsonb -> 'body')
  ) then
    raise exception 'a period of signing is what the law makes of the record'
      using errcode = 'insufficient_privilege', constraint = 'opening_is_lawful';
  end if;
  return null;
end $$;
create constraint trigger opening_is_lawful after insert on entry deferrable initially deferred for each row
  when (current_user in ('lianshu_office', 'lianshu_workspace')
    and new.kind in ('opened', 'proposal-opened', 'proposal-reopened')) execute function judge_opening();

-- As in 0030; an order that was replaced or retracted orders nothing.
create or replace function is_supplement_of(p_draft text, p_case text) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
      select from public.entry f
      where f.is_act and f.kind = 'initiative-filed' and f.initiative = p_case
        and convert_from(f.body, 'UTF8')::jsonb -> 'body' -> 'proposal' ->> 'draft' = p_draft)
    and public.supplement_ordered(p_case, 'proposers', -1) is not null
$$;

-- As in 0030, and: the row says what the entry says that opens it, a closure moves the end to the next working day, and a
-- case is opened again by an order that stands and was not used.
create or replace function judge_period() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_told constant text[] := array(
    select e.kind from public.entry e
    where e.seq is null and e.is_act and e.xmin = pg_current_xact_id()::xid
      and (e.initiative = new.number or (e.initiative is null and e.kind = 'closure')));
  v_new constant boolean := tg_op = 'INSERT';
  v_opening constant public.entry := (
    select e from public.entry e
    where e.seq is null and e.is_act and e.xmin = pg_current_xact_id()::xid and e.initiative = new.number
      and e.kind in ('opened', 'proposal-opened', 'proposal-reopened')
    order by e.id desc limit 1);
  v_opens constant boolean := v_opening.id is not null
    and public.period_agrees(new, convert_from(v_opening.body, 'UTF8')::jsonb -> 'body');
  v_again constant boolean := not v_new and v_opens and (v_opening.kind = 'proposal-reopened'
    or v_opening.kind = 'opened'
      and public.supplement_ordered(new.number, 'signers', v_opening.id) is not null);
begin
  if ((v_new and new.opens_at is not null or not v_new and new.opens_at is distinct from old.opens_at)
      and not v_opens)
    or ((v_new and new.closes_at is not null or not v_new and new.closes_at is distinct from old.closes_at)
      and not (v_opens
        or not v_new and 'closure' = any (v_told) and coalesce(new.closes_at > old.closes_at
          and new.closes_at = public.start_of_day(public.moved_by_closures(
            ((old.closes_at - interval '1 microsecond') at time zone 'Asia/Taipei')::date) + 1), false)))
    or ((v_new and new.stopped_at is not null or not v_new and new.stopped_at is distinct from old.stopped_at)
      and not (v_told && array['roster-filed', 'withdrawal', 'stop', 'proposal-closed', 'supplement']
        and new.stopped_at is not null and (v_new or old.stopped_at is null)
        or v_again and new.stopped_at is null))
    or (v_new and new.closed_at is not null)
    or (not v_new and new.closed_at is distinct from old.closed_at
      and not (v_told && array['closed', 'proposal-closed'] and old.closed_at is null
        or v_again and new.closed_at is null)) then
    raise exception 'when a case takes signatures changes together with the entry that tells of it'
      using errcode = 'insufficient_privilege', constraint = 'initiative_period_is_told';
  end if;
  return null;
end $$;

-- A closed case stays closed, whoever asks, unless an order of a supplement that stands opens it again, once.
create or replace function judge_reopening() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from public.entry o
    where o.is_act and o.initiative = new.number and o.seq is null and o.xmin = pg_current_xact_id()::xid
      and (o.kind = 'proposal-reopened'
        or o.kind = 'opened' and public.supplement_ordered(new.number, 'signers', o.id) is not null)
  ) then
    raise exception 'a closed case is opened again for a supplement only'
      using errcode = 'integrity_constraint_violation', constraint = 'initiative_stays_closed';
  end if;
  return null;
end $$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['months_later(date, integer)', 'start_of_day(date)', 'entry_stands(entry)',
    'moved_by_closures(date)', 'supplement_ordered(text, text, bigint)', 'supplement_ends(text, date)',
    'period_agrees(initiative, jsonb)', 'is_lawful_opening(entry)', 'judge_opening()']::regprocedure[]
  loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;

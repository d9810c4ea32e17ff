-- Two questions must not read the whole log: the acts of a case, pending ones included (`entry_course` knows only
-- those that have their index), and the newest `day` act, asked at each start of a sequencer.
create index entry_acts on entry (initiative, id) where is_act;
create index entry_days on entry (id) where kind = 'day';

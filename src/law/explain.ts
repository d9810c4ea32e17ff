/** 說明: where a case stands, what may happen, why, and until when: lines for people, from a course. */
import { type AllowedAct, allowedActs, type CaseCourse, type LawRefusal } from './course.ts';
import { daysBetween } from './deadlines.ts';
import type { Capacity } from './legal-event.ts';
import { type Localised, words } from './localised.ts';
import type { ParameterStatus } from './parameter.ts';
import { OUTCOME_NAMES, STAGE_NAMES } from './stage-names.ts';
import type { Duty, RunningBar } from './walk.ts';

/** Who acts, in words. */
export const CAPACITY_NAMES: Readonly<Record<Capacity, Localised>> = {
  'lead-proposer': words('領銜人', 'lead proposer'),
  commission: words('中央選舉委員會', 'the Commission'),
  registry: words('戶政機關／內政部', 'household registry'),
  agency: words('相關機關', 'agency'),
  legislature: words('立法院', 'legislature'),
  executive: words('行政院', 'executive'),
  president: words('總統', 'president'),
  court: words('法院', 'court'),
  system: words('系統', 'system'),
};

const DUTY_STATUS: Readonly<Record<Duty['status'], Localised>> = {
  open: words('進行中', 'open'),
  met: words('已完成', 'met'),
  overdue: words('逾期', 'overdue'),
  waived: words('逾期，視為放棄', 'late: waived'),
  lapsed: words('已無須履行', 'no longer owed'),
};

const STATUS: Readonly<Record<ParameterStatus, string>> = {
  confirmed: '',
  unconfirmed: '〔未確認 unconfirmed〕',
  'project-default': '〔專案預設 project default〕',
};

const both = (text: Localised): string => `${text['zh-Hant-TW']}  ${text.en}`;

function dutyLine(duty: Duty, today: string): string {
  const { who, what, status, from, due, citation, termStatus, metOn, agency, heldDays } = duty;
  const left =
    due === undefined || status !== 'open' || due < today
      ? ''
      : `（剩 ${daysBetween(today, due)} 日 days left）`;
  const until = due === undefined ? '期限未確認 term unconfirmed' : `${from} 起算，至 until ${due}${left}`;
  return [
    `  ${both(DUTY_STATUS[status])} · ${CAPACITY_NAMES[who]['zh-Hant-TW']}${agency === undefined ? '' : `（${agency}）`}：${both(what)}`,
    `    ${until}${heldDays === undefined ? '' : `（含停止 ${heldDays} 日 with ${heldDays} days suspended）`}${metOn === undefined ? '' : `；${metOn} 完成 met`}`,
    `    ${citation}${STATUS[termStatus]}`,
  ].join('\n');
}

const barLine = ({ bar, from, until }: RunningBar): string =>
  `  ${bar.whom === 'the-original-proposers' ? both(words('原提案人就同一事項', 'the original proposers, same matter')) : both(words('同一事項', 'the same matter'))}：${from} – ${until}\n    ${bar.citation}`;

const actLine = ({ name, by, citation, until, allowedWhen }: AllowedAct): string =>
  `  ${both(name)}\n    ${by.map((who) => CAPACITY_NAMES[who]['zh-Hant-TW']).join('、')}${until === undefined ? '' : `；至 until ${until}`}\n    ${allowedWhen['zh-Hant-TW']} ${allowedWhen.en}\n    ${citation}`;

const waitingLine = ({ name }: AllowedAct, { instead, citation }: LawRefusal): string =>
  `  ${both(name)}\n    ${instead['zh-Hant-TW']} ${instead.en}\n    ${citation}`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** The whole explanation. Pure text, both languages, no colour. */
export function explainCourse(caseNumber: string, course: CaseCourse): string {
  const { pack, stage, since, outcome, duties, bars, refused, today, isSuspended } = course;
  const acts = allowedActs(course);
  const head = [
    `案 ${caseNumber} · ${today}`,
    `規則包 pack: ${pack.id}（${pack.title['zh-Hant-TW']}）`,
    `階段 stage: ${both(STAGE_NAMES[stage])}${since === undefined ? '' : `（${since} 起 since）`}`,
    ...(isSuspended
      ? [
          '停止中（訴訟或法院裁定） suspended by litigation（公民投票法 §53）',
          ...(pack.parameters.isSuspensionHolding.value === true
            ? [
                `  期間不進行，恢復後順延 terms stand still and go on afterwards${STATUS[pack.parameters.isSuspensionHolding.status]}`,
              ]
            : []),
        ]
      : []),
    ...(outcome === undefined
      ? []
      : [
          `結果 outcome: ${both(OUTCOME_NAMES[outcome.value])}（${outcome.on}；${outcome.by === 'lapse' ? '期限屆滿，依法當然發生 by operation of law' : '決定 by decision'}）`,
          `  ${outcome.citation}`,
        ]),
  ];
  return [
    ...head,
    ...section(
      '期限與義務 Terms and duties',
      duties.map((duty) => dutyLine(duty, today)),
    ),
    ...section('現在可以做什麼 What may happen now', acts.filter(({ waitsFor }) => !waitsFor).map(actLine)),
    ...section(
      '條件未備 Not yet, or no longer',
      acts.flatMap((act) => (act.waitsFor ? [waitingLine(act, act.waitsFor)] : [])),
    ),
    ...section('再提案之限制 Bars', bars.map(barLine)),
    ...section(
      '紀錄中法律所不許之行為 Acts in the record that the law did not allow',
      refused.map(
        ({ event, refusal }) =>
          `  ${event.on} ${event.kind}：${refusal.instead['zh-Hant-TW']} ${refusal.instead.en}\n    ${refusal.citation}（${refusal.code}）`,
      ),
    ),
    '',
  ].join('\n');
}

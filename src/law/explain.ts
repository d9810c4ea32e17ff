/** 說明: where a case stands, what may happen, why, and until when: lines for people, from a course. */
import { type AllowedAct, allowedActs, type CaseCourse, type LawRefusal } from './course.ts';
import { retentionOf } from './course-retention.ts';
import { daysBetween } from './deadlines.ts';
import type { Capacity } from './legal-event.ts';
import { type Localised, words } from './localised.ts';
import { E_PETITION_TIME } from './packs/e-petition-regulation.ts';
import { boundOn, type ParameterStatus } from './parameter.ts';
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

const NOT_IN_FORCE = '〔當時未施行 not in force then〕';

/** A citation, marked where it rests on the e-petition regulation on a day before that was in force. */
const cited = (citation: string, day: string): string =>
  citation.includes('電子連署及查對作業辦法') && !boundOn(E_PETITION_TIME, day)
    ? `${citation}${NOT_IN_FORCE}`
    : citation;

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
    `    ${cited(citation, from)}${STATUS[termStatus]}`,
  ].join('\n');
}

const barLine = ({ bar, from, until }: RunningBar): string =>
  `  ${bar.whom === 'the-original-proposers' ? both(words('原提案人就同一事項', 'the original proposers, same matter')) : both(words('同一事項', 'the same matter'))}：${from} – ${until}\n    ${bar.citation}`;

const actLine = ({ name, by, citation, until, allowedWhen }: AllowedAct, today: string): string =>
  `  ${both(name)}\n    ${by.map((who) => CAPACITY_NAMES[who]['zh-Hant-TW']).join('、')}${until === undefined ? '' : `；至 until ${until}`}\n    ${allowedWhen['zh-Hant-TW']} ${allowedWhen.en}\n    ${cited(citation, today)}`;

const waitingLine = ({ name }: AllowedAct, { instead, citation }: LawRefusal, today: string): string =>
  `  ${both(name)}\n    ${instead['zh-Hant-TW']} ${instead.en}\n    ${cited(citation, today)}`;

function retentionLines(course: CaseCourse): readonly string[] {
  const retention = retentionOf(course);
  if (retention === undefined) return [];
  const { from, until, citation, mark } = retention;
  const end =
    until === undefined
      ? '訴訟中，不得銷毀 a suit is pending: nothing is destroyed'
      : `保存至 until ${until}`;
  return [
    `  自 ${from} 起算，${end}\n    ${citation}${mark === 'not-in-force' ? NOT_IN_FORCE : STATUS[mark]}；訴訟者至判決確定後三個月 with a suit, until three months after final judgment`,
  ];
}

/** A replay under a pack that did not bind the case is told as one. */
const packTime = ({ pack, days }: CaseCourse): readonly string[] => {
  const { effectiveFrom, effectiveTo } = pack;
  const time = {
    ...(effectiveFrom.value === undefined ? {} : { effectiveFrom: effectiveFrom.value }),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
  };
  return days.filed === undefined || boundOn(time, days.filed)
    ? []
    : ['  此規則包於提出日未施行，僅供重算 this pack was not in force at filing: a replay only'];
};

/** By which article each delivers. */
const ARTICLES = { executive: '§14', legislature: '§15', president: '§16' } as const;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** The whole explanation. Pure text, both languages, no colour. */
export function explainCourse(caseNumber: string, course: CaseCourse): string {
  const { pack, stage, since, outcome, duties, bars, refused, today, isSuspended } = course;
  const acts = allowedActs(course);
  const head = [
    `案 ${caseNumber} · ${today}`,
    `規則包 pack: ${pack.id}（${pack.title['zh-Hant-TW']}）`,
    ...packTime(course),
    ...(course.route === 'citizens'
      ? []
      : [
          `交付 delivered：${both(CAPACITY_NAMES[course.route])}（公民投票法 ${ARTICLES[course.route]}）；不經提案與連署，§§9–13 不適用 neither proposers nor signers: §§9–13 do not apply`,
        ]),
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
          `  ${cited(outcome.citation, outcome.on)}`,
        ]),
  ];
  return [
    ...head,
    ...section(
      '期限與義務 Terms and duties',
      duties.map((duty) => dutyLine(duty, today)),
    ),
    ...section(
      '現在可以做什麼 What may happen now',
      acts.filter(({ waitsFor }) => !waitsFor).map((act) => actLine(act, today)),
    ),
    ...section(
      '條件未備 Not yet, or no longer',
      acts.flatMap((act) => (act.waitsFor ? [waitingLine(act, act.waitsFor, today)] : [])),
    ),
    ...section('再提案之限制 Bars', bars.map(barLine)),
    ...section('電子連署資料之保存 Retention of electronic records', retentionLines(course)),
    ...section(
      '紀錄中法律所不許之行為 Acts in the record that the law did not allow',
      refused.map(
        ({ event, refusal }) =>
          `  ${event.on} ${event.kind}：${refusal.instead['zh-Hant-TW']} ${refusal.instead.en}\n    ${cited(refusal.citation, event.on)}（${refusal.code}）`,
      ),
    ),
    '',
  ].join('\n');
}

import { CAPACITY_NAMES, citation, retentionOf, STAGE_NAMES } from '../law/index.ts';
import { type ApiAnswer, type ApiRoute, apiRoute } from '../platform/http/api.ts';
import type { Problem } from '../platform/http/problem.ts';
import { legalDateOf } from '../platform/time.ts';
import { DELIVERY_BASIS } from './case-filing.ts';
import { type CaseMaterial, countView, outcomeOf } from './case-view.ts';
import type { FoundCase, Initiatives } from './initiatives.ts';
import {
  ACTS_QUERY,
  actsAnswer,
  CASE_PATH,
  countAnswer,
  dutiesAnswer,
  initiativeAnswer,
  initiativesAnswer,
  opinionsAnswer,
  versionsAnswer,
} from './initiatives-contract.ts';
import { opinionsOf } from './opinions.ts';

const PUBLIC = { publicForSeconds: 2, problems: [] } as const;
const words = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });

/** `/v1/initiatives`: cases, their counts, acts, texts, opinions and duties, as open data. No key, any origin. */
export function initiativesApi(initiatives: Initiatives): readonly ApiRoute[] {
  const ofCase = async (
    caseNumber: string,
    tell: (found: FoundCase) => unknown,
  ): Promise<ApiAnswer | Problem> => {
    const found = await initiatives.findCase(caseNumber);
    return found === undefined ? { code: 'not-found' } : { status: 200, body: tell(found) };
  };

  return [
    apiRoute({
      ...PUBLIC,
      id: 'listInitiatives',
      method: 'GET',
      path: '/v1/initiatives',
      summary: words('所有公投案，依案號排列', 'All initiatives, by number'),
      answers: { 200: { description: words('公投案', 'Initiatives'), schema: initiativesAnswer } },
      answer: async () => ({
        status: 200,
        body: { initiatives: (await initiatives.listCases('')).map(summaryOf) },
      }),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'getInitiative',
      method: 'GET',
      path: '/v1/initiatives/{case}',
      summary: words('一件公投案', 'One initiative'),
      params: CASE_PATH,
      answers: { 200: { description: words('公投案', 'The initiative'), schema: initiativeAnswer } },
      answer: ({ params }) => ofCase(params.case, wholeOf),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'getCount',
      method: 'GET',
      path: '/v1/initiatives/{case}/count',
      summary: words('連署人數，出自一個公布的檢查點', 'The count, from one published checkpoint'),
      params: CASE_PATH,
      answers: { 200: { description: words('人數', 'The count'), schema: countAnswer } },
      answer: ({ params }) => ofCase(params.case, ({ material }) => countView(material)),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'listActs',
      method: 'GET',
      path: '/v1/initiatives/{case}/acts',
      summary: words(
        '公卷中本案的行為，新的在前，分頁',
        'Acts of the case in the record, newest first, in pages',
      ),
      params: CASE_PATH,
      query: ACTS_QUERY,
      answers: { 200: { description: words('行為', 'Acts'), schema: actsAnswer } },
      answer: ({ params, query }) => ofCase(params.case, (found) => actsOf(found, query)),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'listVersions',
      method: 'GET',
      path: '/v1/initiatives/{case}/versions',
      summary: words('主文與理由書的各個版本', 'Versions of the question and its reasons'),
      params: CASE_PATH,
      answers: { 200: { description: words('版本', 'Versions'), schema: versionsAnswer } },
      answer: ({ params }) => ofCase(params.case, versionsOf),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'listOpinions',
      method: 'GET',
      path: '/v1/initiatives/{case}/opinions',
      summary: words('機關意見書', 'Opinions of agencies'),
      params: CASE_PATH,
      answers: { 200: { description: words('意見書', 'Opinions'), schema: opinionsAnswer } },
      answer: ({ params }) => ofCase(params.case, opinionsIn),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'listDuties',
      method: 'GET',
      path: '/v1/initiatives/{case}/duties',
      summary: words('誰應在何時之前做什麼', 'Who owes what until when'),
      params: CASE_PATH,
      answers: { 200: { description: words('義務與期限', 'Duties and their terms'), schema: dutiesAnswer } },
      answer: ({ params }) => ofCase(params.case, dutiesIn),
    }),
  ];
}

/** Of a case told from public reports the law's stage is not known here. */
function stageOf({ facts, course }: CaseMaterial) {
  if (facts.filed.origin !== 'here') return undefined;
  const { stage, since, signing } = course;
  const began = stage === 'signing' && signing !== undefined ? signing.firstDay : since;
  return { id: stage, name: STAGE_NAMES[stage], since: began };
}

const summaryOf = (material: CaseMaterial) => ({
  case: material.facts.caseNumber,
  subject: material.facts.filed.subject,
  state: material.state,
  stage: stageOf(material),
  firstDay: material.facts.opened?.firstDay,
  lastDay: material.facts.opened?.lastDay,
  count: countView(material),
});

/** Of a case told from public reports nobody keeps electronic records here. */
function retentionIn({ facts, course }: CaseMaterial) {
  const retention = facts.filed.origin === 'here' ? retentionOf(course) : undefined;
  if (retention === undefined) return undefined;
  const { from, until, citation: basis, mark } = retention;
  return { from, until, basis: citation(basis), status: mark };
}

const textPath = (caseNumber: string, version: number): string =>
  `/initiatives/${caseNumber}/texts/${version}.txt`;

function wholeOf({ material, acts, version }: FoundCase) {
  const { caseNumber, filed, opened, delivered } = material.facts;
  return {
    case: caseNumber,
    subject: filed.subject,
    leadProposer: filed.leadProposer,
    subjectMatter: filed.subjectMatter,
    origin: filed.origin,
    rulePack: filed.rulePack,
    state: material.state,
    stage: stageOf(material),
    outcome: outcomeOf(material),
    retention: retentionIn(material),
    period: opened,
    text: version && {
      version: version.version,
      mainText: version.mainText,
      sha256: version.digest,
      file: textPath(caseNumber, version.version),
    },
    proposal: filed.proposal,
    delivered: delivered && {
      route: delivered.route,
      on: delivered.on,
      document: delivered.document,
      consent: delivered.consent,
      basis: citation(DELIVERY_BASIS[delivered.route]),
    },
    count: countView(material),
    acts: acts.map(({ kind, at, basis, index }) => ({ kind, at, basis, index })),
  };
}

function actsOf(
  { material, acts }: FoundCase,
  { before = Number.POSITIVE_INFINITY, limit }: Readonly<{ before?: number | undefined; limit: number }>,
) {
  const logged = acts.flatMap((act) => (act.index === undefined ? [] : [{ ...act, index: act.index }]));
  const below = logged.filter(({ index }) => index < before).sort((a, b) => b.index - a.index);
  const page = below.slice(0, limit);
  return {
    case: material.facts.caseNumber,
    acts: page.map(({ index, kind, at, capacity, basis, body, replaces, why }) => ({
      ...{ index, kind, at, capacity, basis, body, replaces, why },
    })),
    next: below.length > limit ? page.at(-1)?.index : undefined,
  };
}

function versionsOf({ material, version }: FoundCase) {
  const { caseNumber, versions } = material.facts;
  return {
    case: caseNumber,
    versions: versions.map(({ version: number, textDigest, on, at }) => ({
      version: number,
      on: on ?? at.slice(0, 10),
      sha256: textDigest,
      file: textPath(caseNumber, number),
      isCurrent: number === version?.version,
    })),
  };
}

function opinionsIn({ material, acts }: FoundCase) {
  const { caseNumber } = material.facts;
  return {
    case: caseNumber,
    opinions: opinionsOf(acts, material.course).map(({ versions, ...opinion }) => ({
      ...opinion,
      versions: versions.map(({ digest, ...version }) => ({
        ...version,
        sha256: digest,
        file: `/initiatives/${caseNumber}/opinions/${digest}.txt`,
      })),
    })),
  };
}

function dutiesIn({ material }: FoundCase) {
  const { facts, course, nowMs } = material;
  const duties = facts.filed.origin === 'here' ? course.duties : [];
  return {
    case: facts.caseNumber,
    today: legalDateOf(nowMs),
    duties: duties.map(({ who, what, citation: basis, status, from, due, metOn, agency, termStatus }) => ({
      who: agency === undefined ? CAPACITY_NAMES[who] : words(agency, agency),
      what,
      basis: citation(basis),
      state: status,
      from,
      due,
      metOn,
      agency,
      term: termStatus,
    })),
  };
}

import type { VNode } from 'preact';
import type { Language, Localised } from './language.ts';
import { Layout } from './layout.tsx';
import type { PageFrame } from './site.ts';

/** One route for programs, ready to be read by people. Schemas are JSON Schema as in the description. */
export type ApiRouteView = Readonly<{
  id: string;
  method: string;
  path: string;
  summary: Localised;
  parameters: readonly Readonly<{
    name: string;
    where: 'path' | 'query';
    required: boolean;
    schema: string;
  }>[];
  body?: string;
  answers: readonly Readonly<{ status: string; description: Localised; schema: string }>[];
  problems: readonly Readonly<{ code: string; status: number; title: Localised }>[];
}>;

const WORDS = {
  'zh-Hant-TW': {
    title: '給程式使用的介面（API）',
    lede: '頁面上的每個數字與行為，程式都讀得到。不需要金鑰，不設 cookie，任何網站都可以讀（CORS）。',
    points: [
      '機器可讀的描述：OpenAPI 3.1，由伺服器實際用來檢查輸入輸出的同一份綱要產生。',
      '數字出自公布的檢查點；要不靠伺服器查驗，請用 lianshu-verify 與公卷的公開檔案。',
      '拒絕以 RFC 9457 的 application/problem+json 回覆，每個代碼都有一頁說明。未知的查詢參數會被拒絕（400）。',
      '每個 GET 也接受 HEAD；回覆帶有 ETag，可用 If-None-Match 節省流量。請求過多時回 429，忙碌時回 503，並以 Retry-After 告知何時再試。',
    ],
    openapi: '下載 openapi.json',
    where: { path: '路徑參數', query: '查詢參數' },
    required: '必要',
    optional: '可省略',
    body: '送出的內容（JSON）',
    answers: '回覆',
    problems: '可能的拒絕',
    contents: '路徑',
  },
  en: {
    title: 'Interface for programs (API)',
    lede: 'Programs can read every number and act that the pages show. No key, no cookie, from any site (CORS).',
    points: [
      'Described for machines in OpenAPI 3.1, generated from the very schemas that the server checks input and answers with.',
      'Numbers come from the published checkpoint; to verify without trusting the server use lianshu-verify and the public files of the record.',
      'Refusals are application/problem+json (RFC 9457), and each code has a page. Unknown query parameters are refused (400).',
      'Each GET also takes HEAD; answers carry an ETag, so If-None-Match saves traffic. Too many requests get 429, an overload 503, both with Retry-After.',
    ],
    openapi: 'Download openapi.json',
    where: { path: 'in the path', query: 'in the query' },
    required: 'required',
    optional: 'optional',
    body: 'What is sent (JSON)',
    answers: 'Answers',
    problems: 'Possible refusals',
    contents: 'Routes',
  },
} as const;

/** `/api`: what programs can ask, without a script of anybody's. */
export const ApiPage = ({
  frame,
  routes,
  origin,
}: Readonly<{ frame: PageFrame; routes: readonly ApiRouteView[]; origin: string }>): VNode => {
  const t = WORDS[frame.language];
  return (
    <Layout frame={frame} title={t.title}>
      <div class="wrap prose api">
        <h1>{t.title}</h1>
        <p class="lede">{t.lede}</p>
        <ul>
          {t.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <p>
          <a href="/v1/openapi.json" download>
            {t.openapi}
          </a>
        </p>
        <nav aria-label={t.contents}>
          <ul>
            {routes.map(({ id, method, path, summary }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <code>
                    {method} {path}
                  </code>
                </a>{' '}
                {summary[frame.language]}
              </li>
            ))}
          </ul>
        </nav>
        {routes.map((route) => (
          <Route key={route.id} language={frame.language} route={route} origin={origin} />
        ))}
      </div>
    </Layout>
  );
};

const Route = ({
  language,
  route,
  origin,
}: Readonly<{ language: Language; route: ApiRouteView; origin: string }>): VNode => {
  const t = WORDS[language];
  return (
    <section aria-labelledby={route.id}>
      <h2 id={route.id}>
        <code>
          {route.method} {route.path}
        </code>
      </h2>
      <p>{route.summary[language]}</p>
      {route.method === 'GET' ? (
        <pre class="command">
          <code>{`curl ${origin}${EXAMPLE(route.path)}`}</code>
        </pre>
      ) : null}
      {route.parameters.length === 0 ? null : (
        <dl class="facts facts-small">
          {route.parameters.map(({ name, where, required, schema }) => (
            <>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                {t.where[where]} · {required ? t.required : t.optional}
                <br />
                <code class="break">{schema}</code>
              </dd>
            </>
          ))}
        </dl>
      )}
      {route.body === undefined ? null : <Schema title={t.body} schema={route.body} />}
      {route.answers.map(({ status, description, schema }) => (
        <Schema key={status} title={`${t.answers} ${status}: ${description[language]}`} schema={schema} />
      ))}
      <details class="quiet-details">
        <summary>{t.problems}</summary>
        <ul>
          {route.problems.map(({ code, status, title }) => (
            <li key={code}>
              {status}{' '}
              <a href={`${language === 'en' ? '/en' : ''}/problems/${code}`}>
                <code>{code}</code>
              </a>{' '}
              {title[language]}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};

const Schema = ({ title, schema }: Readonly<{ title: string; schema: string }>): VNode => (
  <details class="quiet-details">
    <summary>{title}</summary>
    <pre class="command">
      <code>{schema}</code>
    </pre>
  </details>
);

const EXAMPLE = (path: string): string =>
  path.replace('{case}', '9901').replace('{draft}', 'D00001').replace('{commitment}', 'COMMITMENT');

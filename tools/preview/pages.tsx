import type { VNode } from 'preact';
import { CasePage } from '../../src/initiatives/case-page.tsx';
import { HomePage } from '../../src/initiatives/home-page.tsx';
import { ReceiptCheckPage } from '../../src/signing/receipt-check-page.tsx';
import { ReceiptPage, UnknownReceiptPage } from '../../src/signing/receipt-page.tsx';
import { SignPage } from '../../src/signing/sign-page.tsx';
import { StatementPage } from '../../src/signing/statement-page.tsx';
import {
  FaultPage,
  type Language,
  languages,
  loadContent,
  NotFoundPage,
  type PageFrame,
  ProblemPage,
  RefusalPage,
  renderPage,
  TextPage,
  UnavailablePage,
} from '../../src/web/index.ts';
import * as example from './fixtures.ts';

/** One page in one language and state. `scripted` pages are looked at in further states by the browser. */
export type Rendered = Readonly<{ name: string; language: Language; html: string }>;

const problem = (language: Language) => ({
  code: 'E_ALREADY_SIGNED',
  status: 409,
  title:
    language === 'en'
      ? 'Nothing new was recorded: you signed this case before.'
      : '這次沒有新增任何紀錄：您先前已經連署過本案。',
  next: language === 'en' ? 'Your first signature stands.' : '您先前的連署仍然有效，不必再做什麼。',
  legalBasis: language === 'en' ? 'E-petition Regulation §9' : '電子連署及查對作業辦法 §9',
  check: 25,
});

/**
 * Every page with its example data; `contentUrl` is the URL of `content/`. Called through a bundle.
 * @public
 */
export const renderAll = (contentUrl: string): readonly Rendered[] => {
  const content = loadContent(new URL(contentUrl));
  const pages: Readonly<Record<string, (frame: PageFrame) => VNode>> = {
    home: (frame) => <HomePage frame={frame} view={example.home} />,
    'home-search': (frame) => (
      <HomePage
        frame={frame}
        view={{ open: example.home.open.slice(0, 1), closed: [], search: { query: '午餐' } }}
      />
    ),
    'home-empty': (frame) => (
      <HomePage frame={frame} view={{ open: [], closed: [], search: { query: '<script>' } }} />
    ),
    'case-open': (frame) => <CasePage frame={frame} view={example.openCase} />,
    'case-opinion': (frame) => <CasePage frame={frame} view={example.openCaseWithOpinion} />,
    'case-closed': (frame) => <CasePage frame={frame} view={example.closedCase} />,
    sign: (frame) => <SignPage frame={frame} view={example.sign} />,
    'sign-errors': (frame) => (
      <SignPage
        frame={frame}
        view={{
          ...example.sign,
          errors: [{ field: 'national-id', message: '檢查碼不符，請對照身分證再看一次。' }],
        }}
      />
    ),
    statement: (frame) => <StatementPage frame={frame} view={example.statement} />,
    receipt: (frame) => <ReceiptPage frame={frame} view={example.receipt} />,
    'receipt-excluded': (frame) => <ReceiptPage frame={frame} view={example.excludedReceipt} />,
    'receipt-held': (frame) => <ReceiptPage frame={frame} view={example.heldReceipt} />,
    'receipt-unknown': (frame) => <UnknownReceiptPage frame={frame} />,
    receipts: (frame) => <ReceiptCheckPage frame={frame} view={example.check} />,
    'receipts-proven': (frame) => <ReceiptCheckPage frame={frame} view={example.checkProven} />,
    problem: (frame) => <ProblemPage frame={frame} problem={problem(frame.language)} />,
    refusal: (frame) => <RefusalPage frame={frame} problem={problem(frame.language)} />,
    'not-found': (frame) => <NotFoundPage frame={frame} />,
    fault: (frame) => <FaultPage frame={frame} requestId="5b9f2f3c-3c2c-4d5e-9f4e-0a3b6c1d2e3f" />,
    unavailable: (frame) => <UnavailablePage frame={frame} retryAfter={5} />,
    'how-it-works': (frame) => (
      <TextPage frame={frame} source={content['how-it-works'][frame.language]} current="how" />
    ),
    'break-it': (frame) => <TextPage frame={frame} source={content['break-it'][frame.language]} />,
    privacy: (frame) => <TextPage frame={frame} source={content.privacy[frame.language]} />,
    accessibility: (frame) => <TextPage frame={frame} source={content.accessibility[frame.language]} />,
  };
  return Object.entries(pages).flatMap(([name, page]) =>
    languages.map((language) => ({
      name,
      language,
      html: renderPage(page({ site: example.site, language, path: '/' })),
    })),
  );
};

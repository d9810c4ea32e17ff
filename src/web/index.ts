// The face of the design system: modules import from here only.
export { Alert, RefusedByLaw } from './alert.tsx';
export { type AtomItem, atomText } from './atom.ts';
export { type ContentSlug, loadContent } from './content.ts';
export { DataTable } from './data-table.tsx';
export {
  FaultPage,
  NotFoundPage,
  ProblemPage,
  RefusalPage,
  UnavailablePage,
} from './error-pages.tsx';
export { ExcessNotice } from './excess-notice.tsx';
export { formatNumber, formatShare } from './format.ts';
export { describedBy, ErrorSummary, Field, type FieldError } from './forms.tsx';
export { type Language, type Localised, languages, localPath } from './language.ts';
export { Layout, renderPage } from './layout.tsx';
export { OriginalText, TextDigest } from './original-text.tsx';
export { Bar, type LightState, Lights, Notice, TableScroll } from './parts.tsx';
export type { ProblemView } from './refusal.tsx';
export { SeriesChart, type SeriesPoint } from './series-chart.tsx';
export { SessionList, type SessionView } from './session-list.tsx';
export { problemTitle, SignedInLayout, SignedInProblem, type SignedInSurface } from './signed-in-layout.tsx';
export type { AssetLink, PageFrame, Site } from './site.ts';
export { type Stage, StageRibbon, type StageState, type StageView, stageWords } from './stage-ribbon.tsx';
export { Chinese, DateText, Phrases, QuotingChinese } from './text.tsx';
export { TextPage } from './text-page.tsx';
export { VerifyCommand } from './verify-command.tsx';
export { type WebMessages, webMessages } from './web-messages.ts';

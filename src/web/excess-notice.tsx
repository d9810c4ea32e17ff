import type { VNode } from 'preact';
import type { Language } from './language.ts';
import { Notice } from './parts.tsx';

/**
 * 超過部分不予公布: exactly what of a text is beyond the limit and stays unpublished. Null where nothing is.
 * `isPrivateKept` says that the private draft keeps it.
 */
export const ExcessNotice = ({
  language,
  excess,
  isPrivateKept = false,
}: Readonly<{
  language: Language;
  excess: Readonly<{ mainText: string; reasons: readonly string[] }>;
  isPrivateKept?: boolean;
}>): VNode | null => {
  if (excess.mainText === '' && excess.reasons.length === 0) return null;
  const t = (zh: string, en: string): string => (language === 'en' ? en : zh);
  const part = (name: 'mainText' | 'reasons', label: string, paragraphs: readonly string[]) =>
    paragraphs.length === 0 || paragraphs[0] === '' ? null : (
      <>
        <dt>{label}</dt>
        <dd data-excess={name} lang="zh-Hant-TW">
          {paragraphs.map((paragraph, i) => (
            <p key={i}>
              <del>{paragraph}</del>
            </p>
          ))}
        </dd>
      </>
    );
  return (
    <Notice
      kind="strong"
      title={t(
        '超過部分不予公布（公民投票法 §9）',
        'The excess is not published (Referendum Act 公民投票法 §9)',
      )}
    >
      <p>
        {t(
          '以下文字超過字數上限，不公布，也不在簽署的內容之內；不因此不受理。英文譯文會透露這些文字，因此一併不公布。',
          'The words below are beyond the limit: not published, and no part of what is signed. The proposal is not refused for it. The English translation would tell them, so it is not published either.',
        )}
        {isPrivateKept ? t('您的草稿保留全文。', ' Your private draft keeps the whole text.') : null}
      </p>
      <dl class="facts">
        {part('mainText', t('主文不公布之部分', 'Of the question, not published'), [excess.mainText])}
        {part('reasons', t('理由書不公布之部分', 'Of the reasons, not published'), excess.reasons)}
      </dl>
    </Notice>
  );
};

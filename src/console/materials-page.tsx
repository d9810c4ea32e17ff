import type { VNode } from 'preact';
import { localPath } from '../web/index.ts';
import { type ConsoleFrame, ConsoleLayout, consolePath, publicAddress, speak } from './console-frame.tsx';
import { embedCode } from './embed-page.tsx';

/** `/console/:number/materials`: posters, the address, the embed code. The same for every campaign; nothing personal. */
export const MaterialsPage = ({ frame }: Readonly<{ frame: ConsoleFrame }>): VNode => {
  const { language, number, subject, publicUrl } = frame;
  const t = speak(language);
  const title = frame.number.startsWith('D') ? t('海報', 'Posters') : t('海報與嵌入', 'Posters and embed');
  const isDraft = number.startsWith('D');
  const address = publicAddress(frame);
  return (
    <ConsoleLayout frame={frame} title={title} path="/materials">
      <section aria-labelledby="poster-title">
        <h2 id="poster-title">{t('QR 海報（A4，PDF）', 'QR posters (A4, PDF)')}</h2>
        <ul>
          <li>
            <a href={localPath(language, `/console/${number}/poster-zh.pdf`)} hreflang="zh-Hant-TW">
              {t('中文海報', 'Poster in Chinese')}
            </a>
          </li>
          <li>
            <a href={localPath(language, `/console/${number}/poster-en.pdf`)} hreflang="en">
              {t('英文海報', 'Poster in English')}
            </a>
          </li>
        </ul>
        <p>
          {t(
            'QR 碼就是公開網址，沒有個人連結，也不記錄是誰的海報：',
            'The code is the public address; it carries no personal link and nobody records whose poster it was: ',
          )}
          <br />
          <a href={address} class="break">
            {address}
          </a>
        </p>
        <p class="notice">
          {t(
            '不得以報酬、贈品、抽獎或排名換取連署：對提案人或連署人行求、期約或交付賄賂或其他不正利益者，處一年以上七年以下有期徒刑，併科新臺幣一百萬元以上一千萬元以下罰金（公民投票法 §37）。',
            'No reward, gift, lottery or ranking for signing: bribing proposers or signers is punished with one to seven years and a fine of NT$1–10 million (Referendum Act §37).',
          )}
        </p>
      </section>
      {isDraft ? null : (
        <section aria-labelledby="embed-title">
          <h2 id="embed-title">{t('放到您的網站', 'On your own site')}</h2>
          <p>
            {t(
              '複製以下 HTML。框內只有公開數字與連結：沒有程式、沒有 Cookie、不追蹤訪客；連署一律在官方網址進行。',
              'Copy this HTML. The frame shows public numbers and a link: no script, no cookie, no tracking; signing happens at the official address only.',
            )}
          </p>
          {(['zh-Hant-TW', 'en'] as const).map((one) => (
            <div key={one}>
              <h3>{one === 'en' ? t('英文', 'English') : t('中文', 'Chinese')}</h3>
              <pre class="command" data-embed={one}>
                <code>{embedCode(one, number, subject[one], publicUrl)}</code>
              </pre>
            </div>
          ))}
          <p>
            <a href={`${publicUrl}${localPath(language, `/embed/initiatives/${number}`)}`}>
              {t('預覽框內頁面', 'See the page in the frame')}
            </a>
          </p>
        </section>
      )}
      {isDraft ? null : (
        <p>
          <a href={consolePath(frame, '/help-desk')}>
            {t('諮詢手冊（可列印）', 'Help-desk kit (printable)')}
          </a>
        </p>
      )}
    </ConsoleLayout>
  );
};

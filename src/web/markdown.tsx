import type { VNode } from 'preact';
import { Phrases } from './text.tsx';

/**
 * The small, safe part of Markdown that `content/` uses: `#`–`###` headings, paragraphs, `-` and `1.` lists,
 * `>` remarks, `**strong**`, `` `code` `` and `[text](address)`. Everything else is text; raw HTML is shown, never
 * interpreted. Addresses other than `/…`, `#…`, `https://…` and `mailto:…` remain text.
 */
export const Markdown = ({ source }: Readonly<{ source: string }>): VNode => (
  <>
    {source
      .replaceAll('\r\n', '\n')
      .split(/\n{2,}/)
      .map((block) => block.trim())
      .filter((block) => block !== '')
      .map((block, index) => (
        <Block key={index} block={block} />
      ))}
  </>
);

/** The text of the first `#` heading, for the page title; empty when there is none. */
export const markdownTitle = (source: string): string =>
  /^# (.+)$/m.exec(source)?.[1]?.replaceAll('|', '') ?? '';

const Block = ({ block }: Readonly<{ block: string }>): VNode => {
  const heading = /^(#{1,3}) (.+)$/.exec(block);
  if (heading) {
    const inner = <Inline text={heading[2] ?? ''} />;
    if (heading[1] === '#') {
      return (
        <h1 class="phrased">
          <Phrases text={heading[2] ?? ''} />
        </h1>
      );
    }
    return heading[1] === '##' ? <h2>{inner}</h2> : <h3>{inner}</h3>;
  }
  const lines = block.split('\n');
  if (lines.every((line) => line.startsWith('- '))) {
    return <ul>{lines.map(item(/^- /))}</ul>;
  }
  if (lines.every((line) => /^\d+\. /.test(line))) {
    return <ol>{lines.map(item(/^\d+\. /))}</ol>;
  }
  if (lines.every((line) => line.startsWith('>'))) {
    return (
      <div class="notice notice-plain">
        <p>
          <Inline text={joined(lines.map((line) => line.replace(/^> ?/, '')))} />
        </p>
      </div>
    );
  }
  return (
    <p>
      <Inline text={joined(lines)} />
    </p>
  );
};

const item =
  (marker: RegExp) =>
  (line: string): VNode => (
    <li key={line}>
      <Inline text={line.replace(marker, '')} />
    </li>
  );

// A line break between two Chinese characters is no space.
const joined = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])/g, '')
    .replaceAll('\n', ' ');

const token = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\(((?:\/|#|https:\/\/|mailto:)[^)\s]*)\)/g;

const Inline = ({ text }: Readonly<{ text: string }>): VNode => {
  const parts: (VNode | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [, strong, code, label, address] = match;
    if (strong !== undefined) parts.push(<strong>{strong}</strong>);
    else if (code !== undefined) parts.push(<code>{code}</code>);
    else parts.push(<a href={address ?? '#'}>{label ?? ''}</a>);
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
};

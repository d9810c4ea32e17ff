import type { VNode } from 'preact';
import type { Language } from '../web/index.ts';
import { initiativesMessages } from './initiatives-messages.ts';
import type { RedlinePart } from './redline.ts';

/** A redline as text; the caller gives it its block, with the class `redline`. */
export const RedlineText = ({
  language,
  parts,
}: Readonly<{ language: Language; parts: readonly RedlinePart[] }>): VNode => {
  const t = initiativesMessages(language);
  return (
    <>
      {parts.map((part, index) => (
        <Part key={index} part={part} removed={t.compareRemoved} added={t.compareAdded} />
      ))}
    </>
  );
};

/** A screen reader is told what a line through or under the words tells the eye. */
const Part = ({
  part,
  removed,
  added,
}: Readonly<{ part: RedlinePart; removed: string; added: string }>): VNode => {
  if (part.kind === 'removed')
    return (
      <del>
        <span class="visually-hidden">{`〔${removed}：`}</span>
        {part.text}
        <span class="visually-hidden">〕</span>
      </del>
    );
  if (part.kind === 'added')
    return (
      <ins>
        <span class="visually-hidden">{`〔${added}：`}</span>
        {part.text}
        <span class="visually-hidden">〕</span>
      </ins>
    );
  return <span>{part.text}</span>;
};

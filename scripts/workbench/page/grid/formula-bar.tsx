/** Which cell, and what was typed into it. */
import { useEffect, useState } from 'preact/hooks';
import { useBench } from '../bench.ts';
import { Icon } from '../parts.tsx';
import type { Range } from './axis.ts';
import { cellName, rangeOf } from './axis.ts';
import { editKeys } from './editor.tsx';
import type { Sheet, Spot } from './sheet.ts';
import { covers } from './sheet.ts';

interface FormulaBarProps {
  readonly sheet: Sheet | null;
  readonly active: Spot;
  /** What is being typed; null: nothing is. */
  readonly draft: string | null;
  readonly onDraft: (text: string) => void;
  readonly onDone: (next: 'down' | 'right' | 'stay') => void;
  readonly onCancel: () => void;
  readonly onGo: (range: Range) => void;
}

export function FormulaBar(props: FormulaBarProps) {
  const { sheet, active, draft, onDraft, onDone, onCancel } = props;
  const { follow } = useBench();
  const name = cellName(active.row, active.column);
  const cell = sheet?.cell(active.row, active.column) ?? null;
  const text = draft ?? cell?.input ?? '';
  const protection = sheet?.tab.protections.find(
    ({ area }) => area === null || covers(area, active.row, active.column),
  );
  const link = cell?.link ?? null;
  return (
    <div class="formula-bar">
      <NameBox name={name} {...props} />
      <span class="fx" aria-hidden="true">
        fx
      </span>
      <textarea
        aria-label={`What is in ${name}`}
        rows={1}
        spellcheck={false}
        value={text}
        readOnly={sheet === null}
        onFocus={() => onDraft(text)}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={(event) => editKeys(event, { text, onText: onDraft, onDone, onCancel })}
        onBlur={() => onDone('stay')}
      />
      {protection !== undefined && (
        <span class="chip" title={protection.description}>
          <Icon name="lock" />
          {protection.warningOnly ? 'Protected (warning)' : 'Protected'}
        </span>
      )}
      {link !== null && (
        <button type="button" class="small" onClick={() => follow(link)}>
          Open link
        </button>
      )}
    </div>
  );
}

function NameBox({ name, sheet, onGo }: FormulaBarProps & { readonly name: string }) {
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  return (
    <input
      class="name-box"
      aria-label="Cell; type another one to go there"
      value={typed}
      spellcheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => setTyped(name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped(name);
        if (event.key !== 'Enter' || sheet === null) return;
        const range = rangeOf(typed, sheet.tab.rowCount, sheet.columns.count);
        if (range === null) setTyped(name);
        else onGo(range);
      }}
    />
  );
}

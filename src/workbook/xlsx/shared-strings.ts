/** The texts of a workbook, each written once: what Excel itself writes, and every reader reads. */
import { textElement } from './xml-text.ts';

export interface SharedStrings {
  /** The text's number in the table; the text must be fit for a cell already. */
  indexOf(text: string): number;
  /** `xl/sharedStrings.xml` */
  xml(): string;
}

export function createSharedStrings(): SharedStrings {
  const places = new Map<string, number>();
  const items: string[] = [];
  let uses = 0;
  return {
    indexOf(text) {
      uses++;
      const place = places.get(text);
      if (place !== undefined) return place;
      places.set(text, items.length);
      items.push(`<si>${textElement(text)}</si>`);
      return items.length - 1;
    },
    xml() {
      return [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
        ` count="${uses}" uniqueCount="${items.length}">${items.join('')}</sst>`,
      ].join('');
    },
  };
}

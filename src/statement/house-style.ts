/** The colours of everything that Purser lays out. */
import type { Color } from './grid.ts';

export const NAVY: Color = { red: 0.106, green: 0.212, blue: 0.365 };
export const MIST: Color = { red: 0.933, green: 0.949, blue: 0.969 };
export const RULE: Color = { red: 0.749, green: 0.788, blue: 0.843 };
export const GREY: Color = { red: 0.396, green: 0.431, blue: 0.478 };
export const WHITE: Color = { red: 1, green: 1, blue: 1 };

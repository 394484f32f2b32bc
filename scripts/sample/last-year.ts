/** What Blue Heron sailed in May 2025: entered into the charters table later, so that May 2026 has a year before it. */
import {
  AYA,
  DELPHINE,
  ETOILE,
  HERON,
  JOSE,
  LUKASZ,
  MARGARETHE,
  OSPREY,
  SIOBHAN,
  TOLLIVER,
  TOM,
  WES,
  ZOE,
} from './operator.ts';
import type { Sailing } from './sailings.ts';
import { hire, sail } from './sailings.ts';

const SUNSET_CENTS = 9_000;

export const MAY_2025: readonly Sailing[] = [
  sail('05-02 18:30', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [4, 4, 2], { rateCents: SUNSET_CENTS }),
  sail('05-03 10:00', HERON, [TOM, DELPHINE, WES], [4, 2, 2]),
  sail('05-03 11:00', ETOILE, [ZOE, LUKASZ], [4, 2]),
  sail('05-04 10:00', HERON, [TOM, SIOBHAN], [4, 3], { cancelled: 'fog' }),
  hire('05-08 17:00', HERON, [TOM, DELPHINE, MARGARETHE], 20, { flatCents: 300_000 }),
  sail('05-09 18:30', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [6, 4, 2], { rateCents: SUNSET_CENTS }),
  sail('05-10 10:00', HERON, [TOM, DELPHINE, WES], [4, 6, 4]),
  sail('05-10 11:00', ETOILE, [ZOE, AYA], [4, 4]),
  sail('05-11 10:00', HERON, [TOM, SIOBHAN, AYA], [6, 4, 4, 2], {
    comps: ['Rosa Lindqvist, raffle of the sailing school'],
  }),
  hire('05-11 13:00', TOLLIVER, [JOSE, MARGARETHE, WES], 18, { flatCents: 255_000 }),
  sail('05-16 18:30', TOLLIVER, [JOSE, SIOBHAN], [4, 2, 4, 2], { rateCents: SUNSET_CENTS }),
  sail('05-17 10:00', HERON, [TOM, DELPHINE, WES], [6, 4, 2]),
  hire('05-17 12:00', OSPREY, [JOSE], 6, { flatCents: 75_000 }),
  sail('05-18 13:00', HERON, [TOM, SIOBHAN], [4, 4]),
  sail('05-21 13:30', HERON, [TOM, DELPHINE, WES], [6, 4, 6, 4], { rateCents: 15_000 }),
  sail('05-21 13:30', TOLLIVER, [JOSE, SIOBHAN, LUKASZ], [8, 6, 4], { rateCents: 15_000 }),
  hire('05-21 13:30', ETOILE, [ZOE, AYA, MARGARETHE], 12, { flatCents: 210_000 }),
  sail('05-23 18:30', TOLLIVER, [JOSE, SIOBHAN], [4, 4, 4], { rateCents: SUNSET_CENTS }),
  sail('05-24 10:00', HERON, [TOM, DELPHINE, WES], [4, 6, 6]),
  sail('05-24 11:00', ETOILE, [ZOE, LUKASZ], [4, 4, 2]),
  sail('05-25 10:00', HERON, [TOM, SIOBHAN, AYA], [6, 4, 4], { discountCents: 12_500 }),
  sail('05-26 10:00', HERON, [JOSE, DELPHINE, WES], [4, 4, 6, 2]),
  hire('05-29 17:30', ETOILE, [ZOE, MARGARETHE], 10, { rateCents: 13_000 }),
  sail('05-30 18:30', TOLLIVER, [JOSE, SIOBHAN, LUKASZ], [6, 4, 4], { rateCents: SUNSET_CENTS }),
  sail('05-31 10:00', HERON, [TOM, DELPHINE, WES], [6, 6, 4]),
];

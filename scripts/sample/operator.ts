/** Blue Heron Charters of Annapolis: who they are, what they sail, whom they write to. All of it is made up. */
import { BOOKING_SITE, CONCIERGE } from '../local/booking-layouts.ts';
import type { CrewItem } from '../local/generate.ts';

export const COMPANY = 'Blue Heron Charters';
export const WORKBOOK_TITLE = 'Blue Heron revenue 2026';
export const CURRENCY = 'USD';
export const STANDARD_RATE_CENTS = 12_500;

export const HERON = 'Blue Heron';
export const ETOILE = 'Étoile du Nord';
export const OSPREY = 'Osprey';
/** Longer than its column, and with a character that XML and HTML must escape. */
export const TOLLIVER = 'Margaret & Ellen Tolliver of Deal Island';

export const AYA = 'cr-aya';
export const DELPHINE = 'cr-delphine';
export const JOSE = 'cr-jose';
export const LUKASZ = 'cr-lukasz';
export const MARGARETHE = 'cr-margarethe';
export const SIOBHAN = 'cr-siobhan';
export const TOM = 'cr-tom';
export const WES = 'cr-wes';
export const ZOE = 'cr-zoe';

export const ROSTER: readonly CrewItem[] = [
  { crewId: AYA, name: 'Aya Nakagawa', email: 'aya@blueheron.example', role: 'deckhand' },
  { crewId: DELPHINE, name: 'Delphine Okafor', email: 'delphine@blueheron.example', role: 'mate' },
  { crewId: JOSE, name: 'José Ángel Núñez', email: 'jose@blueheron.example', role: 'captain' },
  { crewId: LUKASZ, name: 'Łukasz Wiśniewski', email: 'lukasz@blueheron.example', role: 'deckhand' },
  {
    crewId: MARGARETHE,
    name: 'Margarethe-Alexandra von Hohenberg-Waldeck',
    email: 'margarethe@blueheron.example',
    role: 'steward',
  },
  { crewId: SIOBHAN, name: 'Siobhán Ní Bhriain', email: 'siobhan@blueheron.example', role: 'mate' },
  { crewId: TOM, name: 'Tom Riordan', email: 'tom@blueheron.example', role: 'captain' },
  { crewId: WES, name: 'Wesley Tran', email: 'wes@blueheron.example', role: 'deckhand' },
  { crewId: ZOE, name: 'Zoë Müller', email: 'zoe@blueheron.example', role: 'captain' },
];

interface Person {
  readonly name: string;
  readonly address: string;
}

/** The office, the workbook's owner, and the person who runs Purser. */
export const OFFICE: Person = { name: 'Nora Whitfield', address: 'nora@blueheron.example' };

export const PARTNERS: readonly Person[] = [
  { name: 'Grace Holloway', address: 'grace.holloway@tidewater.example' },
  { name: 'René Desjardins', address: 'rene@desjardins-marine.example' },
  { name: 'Samuel Okonkwo', address: 'sam@okonkwo.example' },
];

/** Her comma must be quoted in a header. */
export const ACCOUNTANT: Person = { name: 'Priya Raman, CPA', address: 'priya@raman-accounting.example' };

/** As the office types them into the settings: an address, and a domain. */
export const BOOKING_AGENTS = `${BOOKING_SITE.address}, ${CONCIERGE.address.split('@')[1]}`;

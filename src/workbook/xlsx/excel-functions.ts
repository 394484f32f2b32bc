/**
 * Functions that mean the same in Sheets and Excel. A formula with any other is written as its value: Excel
 * repairs, that is cripples, a file with a formula that it can't read.
 *
 * Left out on purpose: what gives another answer each day (TODAY, NOW, RAND), what reaches elsewhere (INDIRECT,
 * CELL, WEBSERVICE), and what takes other arguments in Excel (SORT, SPLIT, REGEX…).
 */

/** Known to every Excel since 2007: written by their bare names. */
const CLASSIC = new Set(
  `ABS ACOS ACOSH ADDRESS AND AREAS ASIN ASINH ATAN ATAN2 ATANH AVEDEV AVERAGE AVERAGEA AVERAGEIF AVERAGEIFS
  CEILING CHAR CHOOSE CLEAN CODE COLUMN COLUMNS COMBIN CONCATENATE CORREL COS COSH COUNT COUNTA COUNTBLANK COUNTIF
  COUNTIFS DATE DATEDIF DATEVALUE DAY DAYS360 DB DDB DEGREES DEVSQ DOLLAR EDATE EOMONTH EVEN EXACT EXP FACT FALSE
  FIND FIXED FLOOR FORECAST FV GCD GEOMEAN GESTEP HARMEAN HLOOKUP HOUR HYPERLINK IF IFERROR INDEX INT INTERCEPT IPMT
  IRR ISBLANK ISERR ISERROR ISEVEN ISLOGICAL ISNA ISNONTEXT ISNUMBER ISODD ISREF ISTEXT LARGE LCM LEFT LEN LN LOG
  LOG10 LOOKUP LOWER MATCH MAX MAXA MEDIAN MID MIN MINA MINUTE MOD MODE MONTH MROUND N NA NETWORKDAYS
  NETWORKDAYS.INTL NOMINAL NOT NPER NPV ODD OR PERCENTILE PERCENTRANK PERMUT PI PMT POWER PPMT PRODUCT PROPER PV
  QUARTILE QUOTIENT RADIANS RANK RATE REPLACE REPT RIGHT ROMAN ROUND ROUNDDOWN ROUNDUP ROW ROWS SEARCH SECOND SIGN SIN
  SINH SLN SLOPE SMALL SQRT STDEV STDEVP SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SUMSQ SYD T TAN TANH TEXT
  TIME TIMEVALUE TRIM TRIMMEAN TRUE TRUNC TYPE UPPER VALUE VAR VARP VLOOKUP WEEKDAY WEEKNUM WORKDAY WORKDAY.INTL XIRR
  XNPV YEAR YEARFRAC`.split(/\s+/),
);

/**
 * Came later: Excel's files name them with `_xlfn.`
 * (learn.microsoft.com/en-us/openspecs/office_standards/ms-xlsx/5d1b6d44-6fc1-4ecd-8fef-0b27406cc2bf).
 */
const LATER = new Set(
  `ARABIC BASE CEILING.MATH CONCAT DAYS DECIMAL FLOOR.MATH IFNA IFS ISFORMULA ISOWEEKNUM LET LAMBDA MAXIFS MINIFS
  MODE.SNGL NUMBERVALUE PERCENTILE.EXC PERCENTILE.INC QUARTILE.EXC QUARTILE.INC RANK.AVG RANK.EQ STDEV.P STDEV.S
  SWITCH TEXTJOIN UNICHAR UNICODE VAR.P VAR.S XLOOKUP XMATCH XOR`.split(/\s+/),
);

/** Give arrays: fit for one cell only inside a function that makes one value of them. */
const ARRAYS = new Set(
  `BYCOL BYROW CHOOSECOLS CHOOSEROWS FILTER HSTACK MAKEARRAY MAP SCAN SEQUENCE TOCOL TOROW UNIQUE VSTACK WRAPCOLS
  WRAPROWS`.split(/\s+/),
);

const AGGREGATES = new Set(
  `AND AVERAGE AVERAGEA COLUMNS CONCAT COUNT COUNTA COUNTIF GEOMEAN HARMEAN LARGE MATCH MAX MAXA MEDIAN MIN MINA OR
  PERCENTILE PRODUCT QUARTILE ROWS SMALL STDEV SUM SUMPRODUCT SUMSQ TEXTJOIN VAR XMATCH`.split(/\s+/),
);

/** Sheets lets these have fewer arguments than Excel (support.google.com/docs/table/25273). */
const FEWEST_ARGUMENTS: Readonly<Record<string, number>> = {
  CEILING: 2,
  FLOOR: 2,
  IFERROR: 2,
  IFNA: 2,
  INDEX: 2,
  ROUND: 2,
  ROUNDDOWN: 2,
  ROUNDUP: 2,
};

/** A second condition of FILTER in Sheets is "if empty" in Excel. */
const MOST_ARGUMENTS: Readonly<Record<string, number>> = { FILTER: 2 };

/** The name that Excel's files have for it; null when Excel has no such function, or another. */
export function excelFunctionName(name: string): string | null {
  if (CLASSIC.has(name)) return name;
  if (name === 'FILTER') return '_xlfn._xlws.FILTER';
  return LATER.has(name) || ARRAYS.has(name) ? `_xlfn.${name}` : null;
}

export function givesArray(name: string): boolean {
  return ARRAYS.has(name);
}

/** Whether the function makes one value of an array. */
export function aggregates(name: string): boolean {
  return AGGREGATES.has(name);
}

/** Whether Excel takes the function with that many arguments, and means the same by them. */
export function takesArguments(name: string, count: number): boolean {
  return count >= (FEWEST_ARGUMENTS[name] ?? 0) && count <= (MOST_ARGUMENTS[name] ?? 255);
}

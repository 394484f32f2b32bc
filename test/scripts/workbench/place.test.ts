import { placeOf } from '../../../scripts/workbench/place.ts';

describe('a link of the product leads', () => {
  it.each([
    ['https://docs.google.com/spreadsheets/d/1abc/edit', { at: 'tab', tab: null, range: null }],
    ['https://docs.google.com/spreadsheets/d/1abc/edit#gid=7&range=B7', { at: 'tab', tab: 7, range: 'B7' }],
    [
      'https://docs.google.com/spreadsheets/d/1abc/edit?gid=7#gid=7&range=A1%3AC3',
      { at: 'tab', tab: 7, range: 'A1:C3' },
    ],
    [
      'https://mail.google.com/mail/u/?authuser=nora%40a.example#all/19e82a03d00000e3',
      { at: 'mail', id: '19e82a03d00000e3', search: null },
    ],
    [
      'https://mail.google.com/mail/u/0/#search/rfc822msgid%3Aa%40b',
      { at: 'mail', id: null, search: 'rfc822msgid:a@b' },
    ],
    ['https://drive.google.com/file/d/1cvE/view', { at: 'file', id: '1cvE' }],
    ['https://drive.google.com/open?id=1cvE', { at: 'file', id: '1cvE' }],
    ['https://drive.google.com/drive/folders/1cvE', { at: 'file', id: '1cvE' }],
  ])('%s to its place in the workbench', (url, place) => {
    expect(placeOf(url)).toEqual(place);
  });

  it.each([
    'https://developers.google.com/apps-script',
    'https://docs.google.com.evil.example/spreadsheets/d/1/edit#gid=1',
    'https://accounts.google.com@evil.example/o/oauth2',
    'http://docs.google.com/spreadsheets/d/1/edit',
    'javascript:alert(1)//https://docs.google.com/',
  ])('%s out of it', (url) => {
    expect(placeOf(url)).toEqual({ at: 'elsewhere', url });
  });

  it('to Google’s sign-in page and the web app, which somebody must visit', () => {
    expect(placeOf('https://accounts.google.com/o/oauth2/v2/auth?x=1').at).toBe('sign-in');
    expect(placeOf('https://script.google.com/macros/s/AKf/exec?invitation=1').at).toBe('web-app');
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogSanitizer } from './sanitize.ts';

const ESC = '\u001b';

function sanitized(...chunks: readonly string[]): string {
  const sanitizer = new LogSanitizer();
  return chunks.map((chunk) => sanitizer.push(chunk)).join('') + sanitizer.flush();
}

describe('log text on its way to the terminal', () => {
  it('keeps words, tabs, line feeds and every script', () => {
    const text = 'level=info\tmsg="héllo 你好 🎉 שלום"\nnext line\n';
    expect(sanitized(text)).toBe(text);
  });

  it.each([`${ESC}[31mred${ESC}[0m`, `${ESC}[1;38;5;208mx${ESC}[m`, `${ESC}[38:2::10:20:30my`])(
    'keeps the colours of %j',
    (text) => {
      expect(sanitized(text)).toBe(text);
    },
  );

  it.each([
    ['a screen cleared', `a${ESC}[2Jb`, 'ab'],
    ['the cursor moved', `a${ESC}[10;10Hb${ESC}[Kc`, 'abc'],
    ['the alternate screen', `a${ESC}[?1049hb`, 'ab'],
    ['mouse reports asked for', `a${ESC}[?1000;1006hb`, 'ab'],
    ['device attributes asked for', `a${ESC}[cb${ESC}[6nc`, 'abc'],
    ['xterm key modes, which end in m too', `a${ESC}[>4;2mb${ESC}[?4mc`, 'abc'],
    ['a soft reset with an intermediate', `a${ESC}[!pb`, 'ab'],
    ['a charset chosen', `a${ESC}(0b`, 'ab'],
  ])('drops %s', (_what, text, expected) => {
    expect(sanitized(text)).toBe(expected);
  });

  it.each([
    ['the clipboard written (OSC 52)', `${ESC}]52;c;aGk=\u0007`, '^[]52;c;aGk=^G'],
    ['a link (OSC 8)', `${ESC}]8;;http://evil${ESC}\\text`, '^[]8;;http://evil^[\\text'],
    ['a window title', `${ESC}]0;title\u0007after`, '^[]0;title^Gafter'],
    ['a device control string', `${ESC}P+q544e${ESC}\\`, '^[P+q544e^[\\'],
    ['a full reset', `${ESC}cx`, '^[cx'],
    ['a line overwritten', 'safe\rrm -rf', 'safe^Mrm -rf'],
    ['backspaces', 'ab\b\bxy', 'ab^H^Hxy'],
    ['C1 controls of the same power', '\u009b2J\u009d0;t\u009c', '<U+009B>2J<U+009D>0;t<U+009C>'],
    ['a next line and DEL', 'a\u0085b\u007f', 'a<U+0085>b^?'],
    ['bidirectional overrides', 'user\u202e\u2066txt\u2069', 'user<U+202E><U+2066>txt<U+2069>'],
    ['an unterminated sequence, with all that follows it', `${ESC}]52;c;\nnext line\n`, '^[]52;c;\nnext line\n'],
    ['a sequence cut by a line end', `a${ESC}[31\nb`, 'a^[[31\nb'],
    ['parameters without end', `${ESC}[${'1'.repeat(200)}m`, `^[[${'1'.repeat(200)}m`],
  ])('shows %s', (_what, text, expected) => {
    expect(sanitized(text)).toBe(expected);
  });

  it('takes a Windows line end as one line end, also cut in two', () => {
    expect(sanitized('a\r\nb\r', '\nc')).toBe('a\nb\nc');
  });

  it('holds an unfinished colour back until its end comes', () => {
    const sanitizer = new LogSanitizer();
    expect(sanitizer.push(`a${ESC}`)).toBe('a');
    expect(sanitizer.push('[3')).toBe('');
    expect(sanitizer.push('1mb')).toBe(`${ESC}[31mb`);
    expect(sanitizer.flush()).toBe('');
  });
});

const nasty = fc.constantFrom(
  ESC,
  '[',
  ']',
  '0',
  ';',
  ':',
  '?',
  '>',
  '3',
  'm',
  'H',
  'P',
  '\\',
  '(',
  'B',
  '\r',
  '\n',
  '\t',
  '\u0007',
  '\u009b',
  '\u202e',
  'a',
  'é',
  '🎉',
  ' ',
  '!',
);
const nastyChunks = fc.array(fc.string({ unit: nasty, maxLength: 12 }), { maxLength: 12 });

describe('whatever a container writes', () => {
  it('lets nothing but SGR, tab and line feed through', () => {
    fc.assert(
      fc.property(nastyChunks, (chunks) => {
        // oxlint-disable-next-line no-control-regex -- looks for what must not be there
        const rest = sanitized(...chunks).replaceAll(/\u001b\[[0-9;:]*m/g, '');
        // oxlint-disable-next-line no-control-regex -- as above
        expect(rest).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes out the same however it was cut', () => {
    fc.assert(
      fc.property(nastyChunks, (chunks) => {
        expect(sanitized(...chunks)).toBe(sanitized(chunks.join('')));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every line and every letter', () => {
    fc.assert(
      fc.property(nastyChunks, (chunks) => {
        const text = chunks.join('');
        const count = (of: string, what: string) => of.split(what).length;
        const out = sanitized(text);
        expect(count(out, '\n')).toBe(count(text, '\n'));
        expect(count(out, 'é')).toBe(count(text, 'é'));
        expect(count(out, '🎉')).toBe(count(text, '🎉'));
      }),
      { numRuns: 1000 },
    );
  });
});

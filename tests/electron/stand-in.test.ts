import { describe, expect, it } from 'vitest';
import { fromPageUrl, toPageUrl } from './page-origin.ts';
import { MessageChannelMain, portOf } from './ports.ts';
import type { ToDocument } from './wire.ts';

describe("the stand-in's page", () => {
  it.each(['app://everynode/', 'app://everynode/index.html?a=b#/c/alpha', 'https://kubernetes.io/docs/'])(
    'is at %s for the application, whatever Chromium calls it',
    (url) => expect(fromPageUrl(toPageUrl(url))).toBe(url),
  );

  it('is at an origin that Chromium takes for a secure one', () => {
    expect(toPageUrl('app://everynode/x')).toBe('https://everynode.app.invalid/x');
    expect(toPageUrl('https://everynode.test/')).toBe('https://everynode.test/');
  });
});

describe("the stand-in's ports", () => {
  const open = () => {
    const { port1, port2 } = new MessageChannelMain();
    const got: unknown[] = [];
    port1.on('message', ({ data }: { readonly data: unknown }) => got.push(data));
    return { port1, port2, got };
  };

  it('keep what is sent until they are started', () => {
    const { port1, port2, got } = open();
    port2.postMessage('early');
    expect(got).toEqual([]);
    port1.start();
    port2.postMessage('late');
    expect(got).toEqual(['early', 'late']);
  });

  it('reach the document that one of them was given to, also with what was sent before', () => {
    const { port1, port2, got } = open();
    const sent: ToDocument[] = [];
    port1.start();
    port1.postMessage('before');
    port2.transfer((message) => sent.push(message));
    port1.postMessage('after');
    portOf(port2.id)?.fromDocument('from the page');
    expect(sent).toEqual(['before', 'after'].map((data) => ({ kind: 'port', port: port2.id, data })));
    expect(got).toEqual(['from the page']);
  });

  it('tell each other when one is closed, and then carry nothing', () => {
    const { port1, port2, got } = open();
    let closed = 0;
    port1.start();
    port1.on('close', () => (closed += 1));
    port2.close();
    port2.postMessage('too late');
    expect({ closed, got }).toEqual({ closed: 1, got: [] });
  });
});

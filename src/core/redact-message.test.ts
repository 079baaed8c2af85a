import { describe, expect, it } from 'vitest';
import { redactMessage } from './redact-message.ts';

const withEnv = (value: string) => ({
  spec: { template: { spec: { containers: [{ name: 'main', env: [{ name: 'TOKEN', value }] }] } } },
});

describe('a message of the server in the journal', () => {
  it.each([
    ['Invalid value: "s3cret-token"', 's3cret-token', 'Invalid value: "[redacted]"'],
    ['denied: TOKEN=s3cret-token is weak', 's3cret-token', 'denied: TOKEN=[redacted] is weak'],
    [String.raw`Invalid value: "two\nlines"`, 'two\nlines', 'Invalid value: "[redacted]"'],
    ['spec.minReadySeconds: 1 is not "1"', '1', 'spec.minReadySeconds: 1 is not "[redacted]"'],
    ['nothing of it', '', 'nothing of it'],
  ])('%s does not say %j', (message, value, expected) => {
    expect(redactMessage(message, undefined, withEnv(value))).toBe(expected);
  });

  it('hides what is quoted as the value of a variable, whoever wrote it', () => {
    const path = 'spec.template.spec.containers[0].env[2].value';
    expect(redactMessage(`${path}: Invalid value: "a \\"b\\" c": must be short`)).toBe(
      `${path}: Invalid value: "[redacted]": must be short`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { isAllowedPermission } from './permission.ts';

describe('isAllowedPermission', () => {
  it.each(['app://everynode', 'app://everynode/', 'app://everynode/index.html#/'])(
    'lets %s write to the clipboard and notify',
    (origin) => {
      expect(isAllowedPermission('clipboard-sanitized-write', origin)).toBe(true);
      expect(isAllowedPermission('notifications', origin)).toBe(true);
    },
  );

  it.each(['media', 'geolocation', 'clipboard-read', 'openExternal', 'fullscreen', 'hid', 'unknown'])(
    'denies %s',
    (permission) => {
      expect(isAllowedPermission(permission, 'app://everynode')).toBe(false);
    },
  );

  it.each(['', 'app://everynode.evil', 'app://elsewhere', 'https://example.com', 'file:///'])(
    'denies all to "%s"',
    (origin) => {
      expect(isAllowedPermission('clipboard-sanitized-write', origin)).toBe(false);
      expect(isAllowedPermission('notifications', origin)).toBe(false);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { parseBucketAddress, parseKeyStoreAddress } from './address-syntax.ts';

describe('the address of a bucket', () => {
  it('is read', () => {
    expect(
      parseBucketAddress('s3://lianshu-log/tw/log?endpoint=https://s3.example:9000&region=tw-1'),
    ).toEqual({
      endpoint: 'https://s3.example:9000',
      bucket: 'lianshu-log',
      prefix: 'tw/log',
      region: 'tw-1',
    });
    expect(parseBucketAddress('s3://lianshu-log?endpoint=http://127.0.0.1:9000')).toMatchObject({
      prefix: '',
      region: 'auto',
    });
  });

  it.each([
    ['https://s3.example/bucket', /not s3/],
    ['s3://bucket', /endpoint/],
    ['s3://bucket?endpoint=http://s3.example', /https/],
    ['s3://bucket?endpoint=https://s3.example/path', /endpoint/],
    ['s3://bucket?endpoint=https://s3.example&secret=x', /nothing else/],
    ['s3://key:secret@bucket?endpoint=https://s3.example', /credentials/],
    ['s3://b?endpoint=https://s3.example', /bucket/],
    ['s3://bucket/a%20b?endpoint=https://s3.example', /prefix/],
    ['s3://bucket?endpoint=https://s3.example&region=A%0A', /region/],
    ['', /not s3/],
  ])('is refused: %s', (text, why) => {
    expect(parseBucketAddress(text)).toMatch(why);
  });
});

describe('the address of a key store', () => {
  it('is a folder or a token', () => {
    expect(parseKeyStoreAddress('file:/keys')).toEqual({ kind: 'file', directory: '/keys' });
    expect(parseKeyStoreAddress('pkcs11:module=/usr/lib/softhsm/libsofthsm2.so;token=lianshu log')).toEqual({
      kind: 'pkcs11',
      module: '/usr/lib/softhsm/libsofthsm2.so',
      token: 'lianshu log',
    });
  });

  it('may have files beside a token', () => {
    expect(parseKeyStoreAddress('pkcs11:module=/m.so;token=t;files=/keys')).toMatchObject({ files: '/keys' });
  });

  it.each(['', 'file:', 'keys', 'pkcs11:module=relative.so;token=t', 'pkcs11:module=/m.so;token=t;pin=1234'])(
    'is refused: %s',
    (text) => {
      expect(typeof parseKeyStoreAddress(text)).toBe('string');
    },
  );
});

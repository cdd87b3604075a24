import { refName, type AnyDocument } from '@gatehouse/snapshot';
import { apiKey, deployment, stage, tombstone } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { deploymentNamesOf } from '../deployments-of.js';
import { DocumentDigest } from '../document-digest.js';
import type { ChangedDocument } from '../snapshot-reader.js';
import { FollowedDocuments, fingerprintOf, type DocumentHead } from './followed-documents.js';

const changed = (document: AnyDocument, text = JSON.stringify(document)): ChangedDocument => ({
  name: refName(document),
  sequence: 1,
  revision: document.revision,
  text,
});

const headOf = (document: AnyDocument): DocumentHead => ({
  name: refName(document),
  kind: document.kind,
  revision: document.revision,
  tombstone: document.body === null,
  needs: deploymentNamesOf(document),
});

function follow(followed: FollowedDocuments, { name, revision, text }: ChangedDocument): void {
  followed.follow(name, revision, fingerprintOf(text));
}

/** Follows and serves documents. */
function serve(followed: FollowedDocuments, ...documents: AnyDocument[]): string[] {
  for (const document of documents) follow(followed, changed(document));
  return followed.serve(documents.map(headOf));
}

describe('FollowedDocuments', () => {
  it('counts what is served', () => {
    const followed = new FollowedDocuments();
    serve(followed, stage('a', 1, 'one'), stage('b', 2, 'one'), apiKey('k', 3));
    expect(followed.servedCounts()).toEqual({
      deployment: 1,
      stage: 2,
      'usage-plan': 0,
      'api-key': 1,
      certificate: 0,
      domain: 0,
      function: 0,
      account: 0,
      principal: 0,
    });
    serve(followed, tombstone(apiKey('k', 3), 4), tombstone(apiKey('never there', 1), 5));
    expect(followed.servedCounts()).toEqual({
      deployment: 1,
      stage: 2,
      'usage-plan': 0,
      'api-key': 0,
      certificate: 0,
      domain: 0,
      function: 0,
      account: 0,
      principal: 0,
    });
    expect(followed.revision).toBe(5);
    expect(followed.listedCount).toBe(4);
  });

  it('lets a deployment go with the last stage that needs it', () => {
    const followed = new FollowedDocuments();
    const one = refName(deployment('one'));
    serve(followed, stage('a', 1, 'one'), stage('b', 2, 'one'));
    expect(serve(followed, stage('a', 3, 'two'))).toEqual([]);
    expect(followed.holds(one)).toBe(true);
    expect(serve(followed, tombstone(stage('b', 2, 'one'), 4))).toEqual([one]);
    expect(followed.holds(one)).toBe(false);
  });

  it('keeps a deployment that one stage leaves and another one takes up in the same batch', () => {
    const followed = new FollowedDocuments();
    serve(followed, stage('a', 1, 'one'));
    expect(serve(followed, stage('a', 2, 'two'), stage('b', 3, 'one'))).toEqual([]);
    expect(serve(followed, stage('b', 4, 'two'), stage('c', 5, 'one'))).toEqual([]);
  });

  it('serves no more what is withdrawn, nor the deployment that only it needs', () => {
    const followed = new FollowedDocuments();
    serve(followed, stage('a', 1, 'one'), stage('b', 2, 'two'));
    const all = followed.digestText;
    followed.withdraw(refName(stage('a', 1, 'one')));
    followed.withdraw('stage of nobody');
    expect([followed.holds(refName(deployment('one'))), followed.holds(refName(deployment('two')))]).toEqual([false, true]);
    expect(followed.servedCounts()).toMatchObject({ deployment: 1, stage: 1 });
    expect(followed.digestText).toBe(all);
  });

  it('knows a document by revision and text', () => {
    const followed = new FollowedDocuments();
    follow(followed, changed(apiKey('k', 1)));
    expect(followed.knows(changed(apiKey('k', 1)))).toBe(true);
    expect(followed.knows(changed(apiKey('k', 2)))).toBe(false);
    expect(followed.knows(changed(apiKey('k', 1), 'other'))).toBe(false);
  });

  it('serves on what is listed no more, outside the digest, until it is listed again', () => {
    const followed = new FollowedDocuments();
    serve(followed, apiKey('a', 1), apiKey('b', 2), tombstone(apiKey('c', 1), 3));
    const all = followed.digestText;
    followed.enterEpoch();
    expect(followed.orphanAllBut(new Set([refName(apiKey('a', 1))]))).toEqual([refName(apiKey('c', 3))]);
    expect(followed.orphans(10)).toEqual([refName(apiKey('b', 2))]);
    expect(followed.orphans(0)).toEqual([]);
    expect([followed.orphanedCount, followed.listedCount]).toEqual([1, 1]);
    expect(followed.servedCounts()['api-key']).toBe(2);
    const digest = new DocumentDigest();
    digest.add(refName(apiKey('a', 1)), 1);
    expect(followed.digestText).toBe(digest.toString());
    expect(followed.knows(changed(apiKey('b', 2)))).toBe(false);
    serve(followed, apiKey('b', 2), tombstone(apiKey('c', 1), 3));
    expect(followed.orphanedCount).toBe(0);
    expect(followed.digestText).toBe(all);
  });

  it('keeps a tombstone that is not listed while its epoch goes on, and forgets it with the epoch', () => {
    const followed = new FollowedDocuments();
    serve(followed, apiKey('a', 1), tombstone(apiKey('c', 1), 3));
    const name = refName(apiKey('c', 3));
    const without = new Set([refName(apiKey('a', 1))]);
    expect(followed.orphanAllBut(without)).toEqual([]);
    expect(followed.orphanAllBut(without)).toEqual([]);
    expect([followed.takenRevision(name), followed.orphanedCount, followed.listedCount]).toEqual([3, 0, 1]);
    follow(followed, changed(apiKey('c', 2)));
    expect([followed.takenRevision(name), followed.listedCount]).toEqual([3, 2]);
    followed.orphanAllBut(without);
    followed.enterEpoch();
    expect(followed.takenRevision(name)).toBe(0);
    expect(followed.orphanAllBut(without)).toEqual([name]);
    expect(followed.listedCount).toBe(1);
  });
});

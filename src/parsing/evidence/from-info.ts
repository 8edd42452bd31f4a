import type { Evidence } from './setting.ts';

export const fromInfo: Evidence = ({ piece }) => {
  const { path, excerpt, order } = piece.block.info;
  if (path === null) return null;
  const verb = excerpt ? 'show' : order === 'edit' ? 'edit' : order === 'save' ? 'create' : 'none';
  return {
    path,
    evidence: 'info string',
    confidence: 0.97,
    strong: true,
    verb,
    excerpt,
    ...(order === 'append' ? { part: 'append' } : {}),
  };
};

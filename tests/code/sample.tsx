// 주석
export function App({ name }: { name: string }) {
  const n: number = 1;
  return <div className="app" onClick={() => f(name)}>안녕 {n}</div>;
}

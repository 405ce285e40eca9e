// 주석
package a.b;
import java.util.List;
@Service
public class Pod extends Base {
  private static final int N = 42;
  public String name(List<String> xs) {
    return xs == null ? "없음" : xs.get(0).toString();
  }
}

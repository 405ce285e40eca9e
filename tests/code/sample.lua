-- 주석
local M = {}
function M.run(handle, n)
  if n > 10 and handle ~= nil then
    handle:logInfo("값: " .. n)
    return true
  end
end
for i = 1, 3 do print(i) end
return M

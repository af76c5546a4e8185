-- Drives a real editor: what cfg lsp says of site.csx, as Neovim's own client shows it.
local said = {}
local function wait(what, until_true)
    assert(vim.wait(120000, until_true, 50), 'no ' .. what)
end

vim.cmd('edit site.csx')
local client = vim.lsp.start_client({ name = 'cfg', cmd = vim.split(vim.env.CFG, ' '), root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)
vim.o.completeopt = 'menuone'
vim.bo.omnifunc = 'v:lua.vim.lsp.omnifunc'
local site = vim.api.nvim_get_current_buf()

wait('error', function() return #vim.diagnostic.get(site) > 0 end)
local error = vim.diagnostic.get(site)[1]
said.error = string.format('%d:%d %s', error.lnum + 1, error.col + 1, error.message)

vim.api.nvim_win_set_cursor(0, { 2, 11 })
vim.lsp.buf.definition()
wait('definition', function() return vim.fn.expand('%:t') == 'web.csx' end)
said.definition = vim.fn.expand('%:t') .. ':' .. vim.fn.line('.')
vim.cmd('buffer! ' .. site)

vim.api.nvim_win_set_cursor(0, { 2, 11 })
vim.lsp.buf.hover()
wait('documentation', function() return #vim.api.nvim_list_wins() > 1 end)
for _, window in ipairs(vim.api.nvim_list_wins()) do
    if window ~= vim.api.nvim_get_current_win() then
        said.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
end

-- As typed: Ctrl-X Ctrl-O asks for completions.
vim.api.nvim_buf_set_lines(site, 2, 3, false, { 'On("web", new SystemdUnit("nginx.service") { Runn' })
vim.api.nvim_win_set_cursor(0, { 3, 49 })
vim.api.nvim_create_autocmd('CompleteChanged', {
    callback = function()
        said.completion = vim.fn.complete_info({ 'items' }).items[1].word
        vim.fn.writefile({ vim.fn.json_encode(said) }, 'said.json')
        vim.schedule(function() vim.cmd('qall!') end)
    end,
})
vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('A<C-x><C-o>', true, false, true), 't', false)

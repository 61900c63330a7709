<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>清空此列表(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Show in fol&amp;der</source>
        <translation>在文件夹中显示(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Close picture</source>
        <translation>关闭图片(&amp;C)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy result</source>
        <translation>复制结果(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Undo crop</source>
        <translation>撤销裁剪(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Crop again</source>
        <translation>重新裁剪(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Enlarge</source>
        <translation>放大(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Scale {0}×</source>
        <translation>放大 {0} 倍</translation>
    </message>
    <message>
        <source>Other size</source>
        <translation>其他尺寸</translation>
    </message>
    <message>
        <source>Switch between &amp;binary and float</source>
        <translation>切换二值与浮点(&amp;B)</translation>
    </message>
    <message>
        <source>Close &amp;result</source>
        <translation>关闭结果(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Measure quality…</source>
        <translation>测量质量(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>图片(&amp;P)</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批量(&amp;B)</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>&amp;Start the batch</source>
        <translation>开始批量处理(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation>暂停或继续(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Cancel the batch</source>
        <translation>取消批量处理(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Retry what failed</source>
        <translation>重试失败的文件(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;move selected files</source>
        <translation>移除所选文件(&amp;M)</translation>
    </message>
    <message>
        <source>C&amp;lear the list</source>
        <translation>清空列表(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Import a model…</source>
        <translation>导入模型(&amp;I)…</translation>
    </message>
    <message>
        <source>Measure all &amp;speeds</source>
        <translation>测量全部速度(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Check all files</source>
        <translation>检查全部文件(&amp;C)</translation>
    </message>
    <message>
        <source>Show the models&apos; &amp;folder</source>
        <translation>显示模型文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Show the &amp;log</source>
        <translation>显示日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About BSR</source>
        <translation>关于 BSR(&amp;A)</translation>
    </message>
</context>
<context>
    <name>BatchList</name>
    <message>
        <source>All {0}</source>
        <translation>全部 {0}</translation>
    </message>
    <message>
        <source>Waiting {0}</source>
        <translation>等待 {0}</translation>
    </message>
    <message>
        <source>Done {0}</source>
        <translation>完成 {0}</translation>
    </message>
    <message>
        <source>Failed {0}</source>
        <translation>失败 {0}</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Files shown</source>
        <translation>显示的文件</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败项</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Remove the selected files from the list</source>
        <translation>从列表中移除所选文件</translation>
    </message>
    <message>
        <source>Empty the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Drop folders or pictures here</source>
        <translation>将文件夹或图片拖到这里</translation>
    </message>
    <message>
        <source>All of them are enlarged, one after the other. An interrupted batch continues where it stopped, and one bad file never stops the rest.</source>
        <translation>逐一放大全部图片。中断的批量处理会从停下处继续，一个坏文件不会影响其余文件。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加一个文件夹…</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>像素尺寸</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message numerus="yes">
        <source>%n files were taken out of the list.</source>
        <translation>
            <numerusform>已从列表中移除 %n 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Scanning files: {0} of {1}</source>
        <translation>正在扫描文件：{0} / {1}</translation>
    </message>
    <message>
        <source>The results need about {0}, but only {1} are free.</source>
        <translation>结果约需 {0}，但只有 {1} 可用。</translation>
    </message>
    <message>
        <source>The batch has ended</source>
        <translation>批量处理已结束</translation>
    </message>
    <message>
        <source>Cancelled. {0} done, {1} skipped, {2} failed; {3} remaining.</source>
        <translation>已取消。完成 {0}，跳过 {1}，失败 {2}；剩余 {3}。</translation>
    </message>
    <message>
        <source>{0} done, {1} skipped, {2} failed in {3}, {4}</source>
        <translation>完成 {0}，跳过 {1}，失败 {2}，用时 {3}，{4}</translation>
    </message>
    <message>
        <source>A batch into {0} was interrupted: {1} done, {2} remaining.</source>
        <translation>输出到 {0} 的批量处理曾中断：完成 {1}，还剩 {2}。</translation>
    </message>
    <message>
        <source>{0} could not be enlarged.</source>
        <translation>{0} 个无法放大。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>不再询问</translation>
    </message>
    <message numerus="yes">
        <source>Enlarge %n pictures</source>
        <translation>
            <numerusform>放大 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Add pictures or folders first.</source>
        <translation>请先添加图片或文件夹。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>BatchPanel</name>
    <message>
        <source>Waiting for other tasks…</source>
        <translation>正在等待其他任务…</translation>
    </message>
    <message>
        <source>{0} of {1} files · {2} of {3} MP</source>
        <translation>文件 {0} / {1} · {2} / {3} MP</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Read subfolders too</source>
        <translation>包括子文件夹</translation>
    </message>
    <message>
        <source>Give other programs priority</source>
        <translation>优先让其他程序运行</translation>
    </message>
    <message>
        <source>Slower while other programs are busy</source>
        <translation>其他程序工作时会变慢</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>批量处理进度</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Results go to</source>
        <translation>结果保存到</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>文件已存在时</translation>
    </message>
    <message>
        <source>While it runs</source>
        <translation>运行期间</translation>
    </message>
    <message>
        <source>A new folder next to the pictures</source>
        <translation>图片旁的新文件夹</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>结果文件夹</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>Files of the batch</source>
        <translation>批量文件</translation>
    </message>
</context>
<context>
    <name>BlinkCanvas</name>
    <message>
        <source>Enlarge the picture first: before and after take turns here</source>
        <translation>请先放大图片：此处交替显示前后效果</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Enlarge the picture to compare it with its result</source>
        <translation>放大图片后即可与结果比较</translation>
    </message>
    <message>
        <source>Click or drag to select a region · Enter: everything visible · Esc: cancel</source>
        <translation>单击或拖动以选择区域 · Enter：全部可见部分 · Esc：取消</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>Picture shown in pane {n}</source>
        <translation>窗格 {n} 显示的图片</translation>
    </message>
    <message>
        <source>Close this result</source>
        <translation>关闭此结果</translation>
    </message>
</context>
<context>
    <name>Cell</name>
    <message>
        <source>Original, bicubic</source>
        <translation>原图，双三次</translation>
    </message>
    <message>
        <source>for comparison</source>
        <translation>用于对比</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>等待中…</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <source>running…</source>
        <translation>运行中…</translation>
    </message>
</context>
<context>
    <name>CompareActions</name>
    <message>
        <source>{n} panes</source>
        <translation>{n} 个窗格</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大显示</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小显示</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Swap left and right</source>
        <translation>左右互换</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Compare models here…</source>
        <translation>在此对比模型…</translation>
    </message>
    <message>
        <source>Choose a region and run every installed model on it</source>
        <translation>选择一个区域，并用每个已安装的模型处理它</translation>
    </message>
    <message>
        <source>Crop…</source>
        <translation>裁剪…</translation>
    </message>
    <message>
        <source>Choose the part of the picture that is kept</source>
        <translation>选择要保留的部分</translation>
    </message>
    <message>
        <source>Copy the comparison</source>
        <translation>复制对比图</translation>
    </message>
    <message>
        <source>Save with the slider…</source>
        <translation>保存带滑块的对比图…</translation>
    </message>
    <message>
        <source>Save side by side…</source>
        <translation>保存并排对比图…</translation>
    </message>
    <message>
        <source>Save as an animation…</source>
        <translation>保存为动画…</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Split with a slider</source>
        <translation>带滑块的分割</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Side by side, moving together</source>
        <translation>并排，同步移动</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Where the two differ</source>
        <translation>两者的不同之处</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Alternating in the same place</source>
        <translation>在同一位置交替显示</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Number of panes</source>
        <translation>窗格数</translation>
    </message>
    <message>
        <source>Amplification of the difference</source>
        <translation>差异放大倍数</translation>
    </message>
    <message>
        <source>Share the comparison</source>
        <translation>分享对比</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>At 100 % a pixel of the result is a pixel of the screen</source>
        <translation>100 % 时结果的一个像素就是屏幕的一个像素</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Before and after, with a slider</source>
        <translation>前后对比，带滑块</translation>
    </message>
    <message>
        <source>Difference of two pictures</source>
        <translation>两张图片的差异</translation>
    </message>
    <message>
        <source>Two pictures in turn</source>
        <translation>两张图片交替</translation>
    </message>
    <message>
        <source>Pane {n}</source>
        <translation>窗格 {n}</translation>
    </message>
</context>
<context>
    <name>ControlPanel</name>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>已裁剪</translation>
    </message>
    <message>
        <source>Waiting for other tasks…</source>
        <translation>正在等待其他任务…</translation>
    </message>
    <message>
        <source>The batch is paused</source>
        <translation>批量处理已暂停</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果大小</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>CropBar</name>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Same as the picture</source>
        <translation>与图片相同</translation>
    </message>
    <message>
        <source>Turn the shape</source>
        <translation>旋转形状</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CropOverlay</name>
    <message>
        <source>Part of the picture that is kept</source>
        <translation>要保留的部分</translation>
    </message>
</context>
<context>
    <name>DifferenceCanvas</name>
    <message>
        <source>Enlarge the picture first: what the network changed is shown here</source>
        <translation>请先放大图片：此处显示网络所作的改变</translation>
    </message>
    <message>
        <source>difference of 255, ×{n}</source>
        <translation>差异（共 255），×{n}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Try one</source>
        <translation>试试看</translation>
    </message>
    <message>
        <source>Recent pictures</source>
        <translation>最近的图片</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>将图片拖到这里</translation>
    </message>
    <message>
        <source>It is enlarged on this computer; nothing is uploaded.</source>
        <translation>图片在本机放大，不会上传任何内容。</translation>
    </message>
    <message>
        <source>Several pictures or a folder become a batch.</source>
        <translation>多张图片或文件夹将进入批量处理。</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>猫</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>咖啡</translation>
    </message>
</context>
<context>
    <name>Estimator</name>
    <message>
        <source>about {0}</source>
        <translation>约 {0}</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{0} × {1} cm</source>
        <translation>{0} × {1} 厘米</translation>
    </message>
    <message>
        <source>A very large result: {0}, up to {1} as a file.</source>
        <translation>结果非常大：{0}，文件最大可达 {1}。</translation>
    </message>
    <message>
        <source>{0} holds at most {1} pixels a side; choose PNG or TIFF.</source>
        <translation>{0} 每边最多 {1} 像素；请选择 PNG 或 TIFF。</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>Enlarge a picture</source>
        <translation>放大一张图片</translation>
    </message>
    <message>
        <source>Drop a picture into the window, paste one, or open one from the File menu. Choose how large it is to become, then press Enlarge. Save writes the result beside the original; nothing is overwritten.</source>
        <translation>将图片拖入窗口、粘贴图片，或从“文件”菜单打开。选择要放大到多大，然后点击“放大”。“保存”会把结果写在原图旁边；不会覆盖任何文件。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Drag the line between before and after. The buttons over the picture show both side by side, what differs, or one after the other. Compare models here runs every model on a part of your own picture.</source>
        <translation>拖动放大前后之间的分界线。图片上方的按钮可以并排显示两者、显示差异或交替显示。“在此对比模型”会用每个模型处理您图片的一部分。</translation>
    </message>
    <message>
        <source>Many pictures</source>
        <translation>多张图片</translation>
    </message>
    <message>
        <source>Drop a folder, or go to the batch page. One bad file never stops the rest, and an interrupted batch goes on where it stopped.</source>
        <translation>拖入文件夹，或前往批处理页面。一个损坏的文件不会影响其余文件，中断的批处理会从停下的地方继续。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Binary and float</source>
        <translation>二值与浮点</translation>
    </message>
    <message>
        <source>Binary weights take one bit each, so the processor counts bits instead of multiplying: several times faster, slightly less accurate. Float weights are ordinary numbers: take them for a single picture that matters. The panel says how large the difference is on this computer.</source>
        <translation>二值权重每个只占一位，处理器用计数代替乘法：快数倍，精度略低。浮点权重是普通数字：适合处理一张重要的图片。面板会显示在这台电脑上两者相差多少。</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>干净</translation>
    </message>
    <message>
        <source>For pictures from a camera, a scan or a renderer, and for JPEGs of high quality. It keeps everything that is in the picture, and invents nothing.</source>
        <translation>适用于相机、扫描仪或渲染得到的图片，以及高质量的 JPEG。它保留图片中的一切，不虚构任何内容。</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>For pictures from the web, from messengers and from old cameras: it removes the blocks and smudges of strong compression while it enlarges. The clean-up slider says how far.</source>
        <translation>适用于来自网络、即时通讯和老相机的图片：放大的同时去除强压缩造成的块状和斑点。清理滑块决定去除的程度。</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>锐利</translation>
    </message>
    <message>
        <source>For pictures that are to look crisp. Fine detail is invented and may differ from what was there: not for documents, maps or evidence.</source>
        <translation>适用于要看起来清晰锐利的图片。细节是虚构的，可能与实际不同：不适合文档、地图或证据。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Looks at each picture and takes the family that suits it, of those that are installed. When in doubt, leave it.</source>
        <translation>查看每张图片，并在已安装的类别中选用合适的。拿不准时，就保持自动。</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>测量什么</translation>
    </message>
    <message>
        <source>Measure quality makes your picture smaller, enlarges it again with each model and compares the results with the true pixels.</source>
        <translation>“测量质量”先缩小您的图片，再用每个模型放大，并将结果与真实像素比较。</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>How small the errors are, in decibels: more is better, and 3 dB more is half the squared error. Less than 0.1 dB is hardly ever seen. Compare the models of one picture and one factor; numbers of different pictures say nothing about each other.</source>
        <translation>误差有多小，以分贝表示：越大越好，多 3 dB 表示平方误差减半。小于 0.1 dB 的差别几乎看不出来。请在同一张图片、同一倍数下比较模型；不同图片的数值不能相互比较。</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>How alike the structures are, up to 1 for pictures that are the same.</source>
        <translation>结构有多相似，完全相同的图片为 1。</translation>
    </message>
    <message>
        <source>What numbers cannot say</source>
        <translation>数字不能说明的</translation>
    </message>
    <message>
        <source>Which result looks best. An invented detail costs decibels though it may please; a blurred edge may cost few. Look at the pictures as well.</source>
        <translation>哪个结果最好看。虚构的细节会降低分贝，尽管它可能悦目；模糊的边缘可能只损失很少。请同时看看图片。</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>任何内容都不会离开这台电脑</translation>
    </message>
    <message>
        <source>BSR never uses the network: nothing is uploaded, and there are no accounts, no search for updates and no statistics.</source>
        <translation>BSR 从不使用网络：不上传任何内容，没有账户，不检查更新，也不做统计。</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保存了什么</translation>
    </message>
    <message>
        <source>The settings, the list of recent pictures, which can be cleared, and measured speeds. Results that are not saved yet lie in the cache folder; they are deleted when the program ends.</source>
        <translation>设置、最近图片的列表（可以清空）以及测得的速度。尚未保存的结果放在缓存文件夹中；程序结束时会被删除。</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Preview · {0}</source>
        <translation>预览 · {0}</translation>
    </message>
    <message>
        <source>What is visible; Enlarge makes the whole</source>
        <translation>仅可见部分；点击“放大”处理整张图片</translation>
    </message>
    <message>
        <source>{size} · being computed…</source>
        <translation>{size} · 正在计算…</translation>
    </message>
    <message>
        <source>Original, bicubic</source>
        <translation>原图，双三次</translation>
    </message>
    <message>
        <source>Original, pixels</source>
        <translation>原图，像素</translation>
    </message>
    <message>
        <source>weights {0}</source>
        <translation>权重 {0}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>A picture is being enlarged.</source>
        <translation>正在放大一张图片。</translation>
    </message>
    <message>
        <source>Stop and open the other picture</source>
        <translation>停止并打开另一张</translation>
    </message>
    <message>
        <source>Stop and close it</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>The result is closed.</source>
        <translation>结果已关闭。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>The comparison is on the clipboard.</source>
        <translation>对比图已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The result is on the clipboard.</source>
        <translation>结果已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>An interrupted batch can be resumed.</source>
        <translation>有一个中断的批量处理可以继续。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Nothing dropped was a picture.</source>
        <translation>拖入的内容中没有图片。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>E&amp;nlarge</source>
        <translation>放大(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批量(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>ModelForm</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>For comparison</source>
        <translation>用于对比</translation>
    </message>
    <message>
        <source>Removes artefacts where a picture shows those of JPEG.</source>
        <translation>图片有 JPEG 压缩瑕疵时予以去除。</translation>
    </message>
    <message>
        <source>Shows the blocks of a JPEG: artefacts are removed.</source>
        <translation>可见 JPEG 的块状：将去除压缩瑕疵。</translation>
    </message>
    <message>
        <source>JPEG, quality about {0}: artefacts are removed.</source>
        <translation>JPEG，质量约 {0}：将去除压缩瑕疵。</translation>
    </message>
    <message>
        <source>JPEG, quality about {0}: kept as it is.</source>
        <translation>JPEG，质量约 {0}：保持原样。</translation>
    </message>
    <message>
        <source>Shows no blocks of a JPEG: kept as it is.</source>
        <translation>未见 JPEG 的块状：保持原样。</translation>
    </message>
    <message>
        <source>Clean-up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>How much of the artefacts is removed; with less, more fine detail is kept.</source>
        <translation>去除多少压缩瑕疵；去除得越少，保留的细节越多。</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>intact</source>
        <translation>完好</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>{0} · trained on {1}</source>
        <translation>{0} · 训练数据（英文）：{1}</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>The model that the program starts with</source>
        <translation>程序启动时使用的模型</translation>
    </message>
    <message>
        <source>Remove this model</source>
        <translation>移除此模型</translation>
    </message>
    <message>
        <source>PSNR / SSIM, {0}</source>
        <translation>PSNR / SSIM，{0}</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>本机速度</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>{0} ({1} % of float)</source>
        <translation>{0}（浮点的 {1} %）</translation>
    </message>
    <message>
        <source>{0} dB</source>
        <translation>{0} dB</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>For comparison</source>
        <translation>用于对比</translation>
    </message>
    <message>
        <source>Networks as published: slower, included for comparison.</source>
        <translation>按论文原样实现的网络：速度较慢，供对比之用。</translation>
    </message>
    <message>
        <source>Imported: {0}.</source>
        <translation>已导入：{0}。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Add a weights file; nothing in it is run</source>
        <translation>添加权重文件；其中的内容不会被执行</translation>
    </message>
    <message>
        <source>Compare every file with its checksum</source>
        <translation>将每个文件与其校验和比较</translation>
    </message>
    <message>
        <source>Measure how fast every model is on this computer</source>
        <translation>测量每个模型在这台电脑上的速度</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Measure all</source>
        <translation>全部测量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Show the folder of your own models</source>
        <translation>显示自己的模型文件夹</translation>
    </message>
    <message>
        <source>Default weights</source>
        <translation>默认权重</translation>
    </message>
    <message>
        <source>The program starts with the default model. Without one it looks at each picture and takes the model that suits it.</source>
        <translation>程序以默认模型启动。没有默认模型时，它会查看每张图片并选用合适的模型。</translation>
    </message>
    <message>
        <source>No model is installed. Import one.</source>
        <translation>未安装模型。请导入一个。</translation>
    </message>
    <message>
        <source>Import models</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Remove model</source>
        <translation>移除模型</translation>
    </message>
    <message>
        <source>Delete the files of “{0}” from this computer?</source>
        <translation>要从这台电脑删除“{0}”的文件吗？</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板中没有图片。</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message numerus="yes">
        <source>There are %n pictures.</source>
        <translation>
            <numerusform>共有 %n 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add to the batch</source>
        <translation>加入批量</translation>
    </message>
    <message>
        <source>Open only the first</source>
        <translation>只打开第一个</translation>
    </message>
</context>
<context>
    <name>OptionsForm</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>On this machine about as fast as float, slightly less accurate.</source>
        <translation>在本机上与浮点速度相近，精度略低。</translation>
    </message>
    <message>
        <source>Slightly more accurate; on this machine about as fast as binary.</source>
        <translation>精度略高；在本机上与二值速度相近。</translation>
    </message>
    <message>
        <source>Much faster than float, slightly less accurate.</source>
        <translation>比浮点快得多，精度略低。</translation>
    </message>
    <message>
        <source>Slightly more accurate than binary, and slower.</source>
        <translation>比二值精度略高，但较慢。</translation>
    </message>
    <message>
        <source>About {0} times as fast as float here, slightly less accurate.</source>
        <translation>在此约为浮点的 {0} 倍速度，精度略低。</translation>
    </message>
    <message>
        <source>Slightly more accurate; here it takes about {0} times as long.</source>
        <translation>精度略高；在此耗时约为 {0} 倍。</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>未安装模型。</translation>
    </message>
    <message>
        <source>No model is installed for this.</source>
        <translation>没有安装适用的模型。</translation>
    </message>
    <message>
        <source>The picture is larger than that already.</source>
        <translation>图片已经比这更大。</translation>
    </message>
    <message>
        <source>That would be {0} times as large; at most {1} times is possible.</source>
        <translation>这将是原来的 {0} 倍；最多可放大 {1} 倍。</translation>
    </message>
    <message>
        <source>This model has no float weights.</source>
        <translation>此模型没有浮点权重。</translation>
    </message>
    <message>
        <source>This model has no binary weights.</source>
        <translation>此模型没有二值权重。</translation>
    </message>
</context>
<context>
    <name>QualityChart</name>
    <message>
        <source>Chart of speed against quality</source>
        <translation>速度与质量图表</translation>
    </message>
    <message>
        <source>Quality: PSNR, bars start at bicubic</source>
        <translation>质量：PSNR，条形自双三次起</translation>
    </message>
    <message>
        <source>Speed: megapixels per second</source>
        <translation>速度：每秒百万像素</translation>
    </message>
    <message>
        <source>Bicubic {0}</source>
        <translation>双三次 {0}</translation>
    </message>
</context>
<context>
    <name>QualityTable</name>
    <message>
        <source>Models and what was measured</source>
        <translation>模型与测量结果</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation>PSNR，dB</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>MP/s</source>
        <translation>MP/s</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>双三次</translation>
    </message>
</context>
<context>
    <name>QualityView</name>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Save table (CSV)…</source>
        <translation>保存表格 (CSV)…</translation>
    </message>
    <message>
        <source>Save chart (PNG)…</source>
        <translation>保存图表 (PNG)…</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>返回图片</translation>
    </message>
    <message>
        <source>Measure quality</source>
        <translation>测量质量</translation>
    </message>
    <message>
        <source>Measured on the middle {0} pixels only.</source>
        <translation>仅测量中间的 {0} 像素。</translation>
    </message>
    <message>
        <source>The picture is reduced and enlarged again, so that the true pixels are known. Higher PSNR and SSIM mean closer to them; they do not say which result looks best, nor how a model handles the noise and blur of a real small picture.</source>
        <translation>图片先缩小再放大，因此真实像素是已知的。PSNR 与 SSIM 越高表示越接近真实像素；它们并不说明哪个结果最好看，也不说明模型如何处理真实小图中的噪点和模糊。</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
</context>
<context>
    <name>RegionGrid</name>
    <message>
        <source>Models that have run</source>
        <translation>已运行的模型</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>返回图片</translation>
    </message>
    <message>
        <source>Compare models here</source>
        <translation>在此对比模型</translation>
    </message>
    <message>
        <source>{0} pixels of the original, shown at {1}. Zoom or move one picture and all follow.</source>
        <translation>原图的 {0} 像素，以 {1} 显示。缩放或移动任一图片，其余同步。</translation>
    </message>
    <message>
        <source>Only the middle of a larger region is used, to keep this quick.</source>
        <translation>只取较大区域的中间部分，以便几秒内完成。</translation>
    </message>
</context>
<context>
    <name>ResultsList</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Close this result</source>
        <translation>关闭此结果</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quality of JPEG and WebP files</source>
        <translation>JPEG 和 WebP 文件的质量</translation>
    </message>
    <message>
        <source>Keep EXIF and XMP</source>
        <translation>保留 EXIF 和 XMP</translation>
    </message>
    <message>
        <source>The colour profile and the resolution are always kept</source>
        <translation>颜色配置文件和分辨率始终保留</translation>
    </message>
    <message>
        <source>Drag the result to another program</source>
        <translation>将结果拖到其他程序</translation>
    </message>
    <message>
        <source>Copy the result</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>Show the saved file in its folder</source>
        <translation>在文件夹中显示已保存的文件</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved in {0}</source>
        <translation>已保存到 {0}</translation>
    </message>
</context>
<context>
    <name>SessionStrip</name>
    <message>
        <source>Pictures of this session</source>
        <translation>本次运行的图片</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>{0}: not saved</source>
        <translation>{0}：未保存</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Cores left free</source>
        <translation>保留的空闲核心</translation>
    </message>
    <message>
        <source>For other programs, while BSR enlarges pictures</source>
        <translation>BSR 放大图片时留给其他程序</translation>
    </message>
    <message>
        <source>All free memory</source>
        <translation>全部可用内存</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存限制</translation>
    </message>
    <message>
        <source>Next to the original</source>
        <translation>与原图同一位置</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality of JPEG and WebP</source>
        <translation>JPEG 和 WebP 的质量</translation>
    </message>
    <message>
        <source>Keep EXIF and XMP</source>
        <translation>保留 EXIF 和 XMP</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>文件已存在时</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Folder for results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>例如：{0}</translation>
    </message>
    <message>
        <source>Give the full path of the folder.</source>
        <translation>请填写文件夹的完整路径。</translation>
    </message>
</context>
<context>
    <name>ShortcutsList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>In the picture</source>
        <translation>在图片中</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Space and drag</source>
        <translation>空格并拖动</translation>
    </message>
    <message>
        <source>Fit the window or 100 %</source>
        <translation>适应窗口或 100 %</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Move the slider</source>
        <translation>移动分界线</translation>
    </message>
    <message>
        <source>Drag, or arrow keys</source>
        <translation>拖动或方向键</translation>
    </message>
</context>
<context>
    <name>SizeForm</name>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Kind of size</source>
        <translation>尺寸方式</translation>
    </message>
    <message>
        <source>How to give the size: a factor, pixels, a print…</source>
        <translation>指定尺寸的方式：倍数、像素、打印尺寸…</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Fit into</source>
        <translation>适应范围</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>百万像素</translation>
    </message>
    <message>
        <source>Print size</source>
        <translation>打印尺寸</translation>
    </message>
    <message>
        <source>Largest width</source>
        <translation>最大宽度</translation>
    </message>
    <message>
        <source>Largest height</source>
        <translation>最大高度</translation>
    </message>
    <message>
        <source>{0} MP</source>
        <translation>{0} MP</translation>
    </message>
    <message>
        <source>Width of the paper</source>
        <translation>纸张宽度</translation>
    </message>
    <message>
        <source>Height of the paper</source>
        <translation>纸张高度</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>厘米</translation>
    </message>
    <message>
        <source>inch</source>
        <translation>英寸</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>每英寸点数</translation>
    </message>
    <message>
        <source>Dots per inch of the print; written into the file</source>
        <translation>打印的每英寸点数；会写入文件</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
</context>
<context>
    <name>SplitCanvas</name>
    <message>
        <source>Divider at {0} %</source>
        <translation>分割线在 {0} %</translation>
    </message>
</context>
<context>
    <name>WindowSession</name>
    <message>
        <source>BSR ended before these results were saved: {0}</source>
        <translation>BSR 退出时这些结果尚未保存：{0}</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>The settings were damaged. They were moved to “{0}”; the defaults are used.</source>
        <translation>设置已损坏，已移至“{0}”；现使用默认设置。</translation>
    </message>
    <message>
        <source>The settings in “{0}” cannot be used. What is changed is kept until BSR ends.</source>
        <translation>无法使用“{0}”中的设置。所做的更改仅在 BSR 退出前有效。</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>Same as the original</source>
        <translation>与原图相同</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Skip it</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>添加编号</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>文件已存在时</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Save the result</source>
        <translation>保存结果</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>保存对比</translation>
    </message>
    <message>
        <source>{0} exists already. Replace it?</source>
        <translation>{0} 已存在。要替换吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>BSR is still working</source>
        <translation>BSR 仍在工作</translation>
    </message>
    <message>
        <source>Stop the work and close the window?</source>
        <translation>要停止工作并关闭窗口吗？</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>继续工作</translation>
    </message>
    <message>
        <source>Results are not saved</source>
        <translation>结果未保存</translation>
    </message>
    <message>
        <source>Results of these pictures are not saved:</source>
        <translation>以下图片的结果尚未保存：</translation>
    </message>
    <message>
        <source>BSR is still working; closing stops it.</source>
        <translation>BSR 仍在工作；关闭会中止它。</translation>
    </message>
    <message>
        <source>Save all</source>
        <translation>全部保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>BSR enlarges pictures on the processor alone, with a binarized neural network.

Version {0}. MIT licence. It never uses the network.</source>
        <translation>BSR 仅用处理器，以二值化神经网络放大图片。

版本 {0}。MIT 许可证。从不使用网络。</translation>
    </message>
    <message>
        <source>About BSR</source>
        <translation>关于 BSR</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>--dask needs the package distributed: pip install distributed. The built program, which runs without Python, cannot use it.</source>
        <translation>--dask 需要 distributed 包：pip install distributed。无需 Python 即可运行的打包程序不能使用它。</translation>
    </message>
    <message>
        <source>A file cannot be used</source>
        <translation>无法使用某个文件</translation>
    </message>
    <message>
        <source>A model {model} with {weights} weights is installed already and {owner}. {file} was not imported.</source>
        <translation>带有 {weights} 权重的模型 {model} 已安装，{owner}。{file} 未导入。</translation>
    </message>
    <message>
        <source>A result exists already.</source>
        <translation>结果已存在。</translation>
    </message>
    <message>
        <source>A scale of {scale} would fit.</source>
        <translation>放大 {scale} 倍是可以的。</translation>
    </message>
    <message>
        <source>A smaller part of the picture would fit.</source>
        <translation>选取图片的较小部分是可以的。</translation>
    </message>
    <message>
        <source>Another batch is writing to {folder}. Wait until it ends, or stop it.</source>
        <translation>另一个批处理正在写入 {folder}。请等它结束，或将其停止。</translation>
    </message>
    <message>
        <source>Both sides must have {side} pixels or more to measure quality.</source>
        <translation>要测量质量，两边都必须至少有 {side} 像素。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller picture or scale.</source>
        <translation>请关闭其他程序，或选择较小的图片或倍数。</translation>
    </message>
    <message>
        <source>Done earlier.</source>
        <translation>先前已完成。</translation>
    </message>
    <message>
        <source>Enlarging {width} x {height} pixels by {scale} takes {wanted} GB of memory; {available} GB may be used. {advice}</source>
        <translation>将 {width} x {height} 像素放大 {scale} 倍需要 {wanted} GB 内存；可用 {available} GB。{advice}</translation>
    </message>
    <message>
        <source>Installed: {models}.</source>
        <translation>已安装：{models}。</translation>
    </message>
    <message>
        <source>It cannot be opened: {reason}.</source>
        <translation>无法打开：{reason}。</translation>
    </message>
    <message>
        <source>It is a link to a file outside the folder.</source>
        <translation>这是指向文件夹之外的文件的链接。</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>文件已不存在。</translation>
    </message>
    <message>
        <source>It is {kind}, not a file.</source>
        <translation>这是{kind}，不是文件。</translation>
    </message>
    <message>
        <source>No Dask scheduler answers at {address}.{why}</source>
        <translation>{address} 没有 Dask 调度器应答。{why}</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>没有安装模型。</translation>
    </message>
    <message>
        <source>No {family} model has {weights} weights. {installed}</source>
        <translation>没有 {family} 类模型带有 {weights} 权重。{installed}</translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation>内存空间不足</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>TLS needs certificates: give --dask-ca and --dask-cert, and --dask-key where the key has a file of its own.</source>
        <translation>TLS 需要证书：请指定 --dask-ca 和 --dask-cert；若密钥在单独的文件中，还需指定 --dask-key。</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} could run any code on this machine, and without TLS nobody knows who it is. Use a tls:// address, or --dask-insecure in a network that you trust wholly.</source>
        <translation>{address} 的 Dask 调度器可以在本机运行任意代码，而没有 TLS 就无法确认其身份。请使用 tls:// 地址，或在完全可信的网络中使用 --dask-insecure。</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} has no workers.</source>
        <translation>{address} 的 Dask 调度器没有工作进程。</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} was lost: {reason}.</source>
        <translation>与 {address} 的 Dask 调度器失去连接：{reason}。</translation>
    </message>
    <message>
        <source>The Dask scheduler has lost its jobs; it was probably restarted.</source>
        <translation>Dask 调度器丢失了任务；它可能已重新启动。</translation>
    </message>
    <message>
        <source>The batch in {folder} was started with other settings: {settings}. Resume it with the same settings, or start a new one without resuming.</source>
        <translation>{folder} 中的批处理是用其他设置开始的：{settings}。请用相同设置继续，或重新开始一个新的。</translation>
    </message>
    <message>
        <source>The details are in {file}.</source>
        <translation>详情见 {file}。</translation>
    </message>
    <message>
        <source>The disk of {folder} is full. Make room, then resume: what is finished is not done again.</source>
        <translation>{folder} 所在磁盘已满。请腾出空间后继续：已完成的不会重做。</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>无法读取文件夹：{reason}。</translation>
    </message>
    <message>
        <source>The journal does not say what was requested.</source>
        <translation>日志没有说明要求的内容。</translation>
    </message>
    <message>
        <source>The journal {file} cannot be read: {reason}.</source>
        <translation>无法读取日志 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The journal {file} cannot be written: {reason}.</source>
        <translation>无法写入日志 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The journal {file} is too large to be one.</source>
        <translation>文件 {file} 太大，不可能是日志。</translation>
    </message>
    <message>
        <source>The journal {file} was written by another version of BSR (format {format}, this one knows {known}).</source>
        <translation>日志 {file} 由另一版本的 BSR 写成（格式 {format}，本版本支持 {known}）。</translation>
    </message>
    <message>
        <source>The model cannot be used</source>
        <translation>无法使用该模型</translation>
    </message>
    <message>
        <source>The model {model} came with the program and cannot be removed.</source>
        <translation>模型 {model} 随程序提供，无法移除。</translation>
    </message>
    <message>
        <source>The model {model} on the worker differs from the one here.</source>
        <translation>工作进程上的模型 {model} 与此处的不同。</translation>
    </message>
    <message>
        <source>The name template {template} gives an empty file name.</source>
        <translation>名称模板 {template} 得出空文件名。</translation>
    </message>
    <message>
        <source>The name template {template} has the unknown placeholder {placeholder}. Known are {known}.</source>
        <translation>名称模板 {template} 含有未知占位符 {placeholder}。已知的有 {known}。</translation>
    </message>
    <message>
        <source>The name was taken; the result becomes {file}.</source>
        <translation>名称已被占用；结果将命名为 {file}。</translation>
    </message>
    <message>
        <source>The output folder {folder} can no longer be written to.</source>
        <translation>输出文件夹 {folder} 已不可写入。</translation>
    </message>
    <message>
        <source>The output folder {folder} cannot be used: {reason}.</source>
        <translation>无法使用输出文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The output folder {folder} was deleted, moved or replaced during the work.</source>
        <translation>输出文件夹 {folder} 在处理期间被删除、移动或替换。</translation>
    </message>
    <message>
        <source>The picture cannot be used</source>
        <translation>无法使用该图片</translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels, which is more than was asked for: there is nothing to enlarge.</source>
        <translation>图片有 {width} x {height} 像素，已超过要求：无需放大。</translation>
    </message>
    <message>
        <source>The system reports: {reason}.</source>
        <translation>系统报告：{reason}。</translation>
    </message>
    <message>
        <source>There are no pictures in {folder}.</source>
        <translation>{folder} 中没有图片。</translation>
    </message>
    <message>
        <source>There is no model {model} to remove. {installed}</source>
        <translation>没有可移除的模型 {model}。{installed}</translation>
    </message>
    <message>
        <source>There is no model {model} with {weights} weights. {installed}</source>
        <translation>没有带 {weights} 权重的模型 {model}。{installed}</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足，无法完成。</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>意外错误</translation>
    </message>
    <message>
        <source>Unexpected error ({kind}: {details}).</source>
        <translation>意外错误（{kind}：{details}）。</translation>
    </message>
    <message>
        <source>Writing {width} x {height} pixels as {format} takes {wanted} GB of memory; {available} GB may be used. PNG, JPEG and TIFF take less.</source>
        <translation>将 {width} x {height} 像素写为 {format} 需要 {wanted} GB 内存；可用 {available} GB。PNG、JPEG 和 TIFF 需要的较少。</translation>
    </message>
    <message>
        <source>a DDS texture</source>
        <translation>DDS 纹理</translation>
    </message>
    <message>
        <source>a FITS picture</source>
        <translation>FITS 图片</translation>
    </message>
    <message>
        <source>a GIMP file</source>
        <translation>GIMP 文件</translation>
    </message>
    <message>
        <source>a HEIC picture</source>
        <translation>HEIC 图片</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>JPEG 2000 图片</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 图片</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>a Photoshop file</source>
        <translation>Photoshop 文件</translation>
    </message>
    <message>
        <source>a PostScript document</source>
        <translation>PostScript 文档</translation>
    </message>
    <message>
        <source>a QOI picture</source>
        <translation>QOI 图片</translation>
    </message>
    <message>
        <source>a Radiance HDR picture</source>
        <translation>Radiance HDR 图片</translation>
    </message>
    <message>
        <source>a TGA picture</source>
        <translation>TGA 图片</translation>
    </message>
    <message>
        <source>a ZIP archive or an office document</source>
        <translation>ZIP 压缩包或办公文档</translation>
    </message>
    <message>
        <source>a camera&apos;s raw file</source>
        <translation>相机原始文件</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>a file is there already</source>
        <translation>那里已有一个文件</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>a named pipe</source>
        <translation>命名管道</translation>
    </message>
    <message>
        <source>a part of the path is not a folder</source>
        <translation>路径中有一部分不是文件夹</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>a symbolic link</source>
        <translation>符号链接</translation>
    </message>
    <message>
        <source>a video or a picture of another kind</source>
        <translation>视频或其他类型的图片</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>an AVIF picture</source>
        <translation>AVIF 图片</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>OpenEXR 图片</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>SVG 图形</translation>
    </message>
    <message>
        <source>an XML file or an SVG drawing</source>
        <translation>XML 文件或 SVG 图形</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>图标文件</translation>
    </message>
    <message>
        <source>another program is using the file</source>
        <translation>另一个程序正在使用该文件</translation>
    </message>
    <message>
        <source>begins with a small copy of its picture, and BSR reads the first page only</source>
        <translation>以图片的缩小副本开头，而 BSR 只读取第一页</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>随程序提供</translation>
    </message>
    <message>
        <source>has no pixels</source>
        <translation>没有像素</translation>
    </message>
    <message>
        <source>holds more beside its picture than BSR looks through</source>
        <translation>除图片外含有的内容超出 BSR 检查的范围</translation>
    </message>
    <message>
        <source>is a camera&apos;s raw file: develop it to TIFF, PNG or JPEG first</source>
        <translation>是相机原始文件：请先转换为 TIFF、PNG 或 JPEG</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>is damaged: a check sum is wrong</source>
        <translation>已损坏：校验和错误</translation>
    </message>
    <message>
        <source>is damaged: a value is too large</source>
        <translation>已损坏：有数值过大</translation>
    </message>
    <message>
        <source>is damaged: it has too many scans</source>
        <translation>已损坏：扫描过多</translation>
    </message>
    <message>
        <source>is damaged: it holds far more than a picture of its size</source>
        <translation>已损坏：内容远超该尺寸的图片</translation>
    </message>
    <message>
        <source>is damaged: it is far larger than its picture</source>
        <translation>已损坏：文件远大于其图片</translation>
    </message>
    <message>
        <source>is damaged: its directory is too long</source>
        <translation>已损坏：目录过长</translation>
    </message>
    <message>
        <source>is damaged: its header has too many parts</source>
        <translation>已损坏：文件头的部分过多</translation>
    </message>
    <message>
        <source>is incomplete: a part of the picture is missing</source>
        <translation>不完整：缺少图片的一部分</translation>
    </message>
    <message>
        <source>is incomplete: the file ends too early</source>
        <translation>不完整：文件过早结束</translation>
    </message>
    <message>
        <source>is not a picture of a kind that BSR knows</source>
        <translation>不是 BSR 认识的图片类型</translation>
    </message>
    <message>
        <source>is too large: {width} x {height} pixels in a file of this kind, of which BSR reads at most {limit} megapixels</source>
        <translation>过大：此类文件 {width} x {height} 像素，BSR 最多读取 {limit} 百万像素</translation>
    </message>
    <message>
        <source>is too large: {width} x {height} pixels, and BSR reads at most {limit} megapixels</source>
        <translation>过大：{width} x {height} 像素，BSR 最多读取 {limit} 百万像素</translation>
    </message>
    <message>
        <source>is yours</source>
        <translation>是您自己的</translation>
    </message>
    <message>
        <source>is {kind}: BSR reads PNG, JPEG, WebP, TIFF, BMP, GIF and PPM pictures</source>
        <translation>是{kind}：BSR 读取 PNG、JPEG、WebP、TIFF、BMP、GIF 和 PPM 图片</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>its symbolic links run in circles</source>
        <translation>符号链接形成循环</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>permission is denied</source>
        <translation>权限被拒绝</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>其他东西</translation>
    </message>
    <message>
        <source>takes too long to be looked at</source>
        <translation>检查耗时过长</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>磁盘是只读的</translation>
    </message>
    <message>
        <source>the disk quota is used up</source>
        <translation>磁盘配额已用完</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>磁盘报告错误</translation>
    </message>
    <message>
        <source>the file name has characters that the system does not know</source>
        <translation>文件名含有系统不支持的字符</translation>
    </message>
    <message>
        <source>the file name holds a null character</source>
        <translation>文件名含有空字符</translation>
    </message>
    <message>
        <source>the file name is too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>the file or folder does not exist</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>the file would be larger than the system allows</source>
        <translation>文件会超出系统允许的大小</translation>
    </message>
    <message>
        <source>the picture cannot be encoded</source>
        <translation>图片无法编码</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>{candidate} has {width} x {height} pixels, which is not 1/{factor} of {file}.</source>
        <translation>{candidate} 有 {width} x {height} 像素，不是 {file} 的 1/{factor}。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} 无法读取：{reason}。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>{file} 无法写入：{reason}。</translation>
    </message>
    <message>
        <source>{file} could not be read: {reason}.</source>
        <translation>{file} 未能读取：{reason}。</translation>
    </message>
    <message>
        <source>{file} does not describe a network: {problem}.</source>
        <translation>{file} 没有描述网络（英文：{problem}）。</translation>
    </message>
    <message>
        <source>{file} does not end in a format that BSR writes: {known}.</source>
        <translation>{file} 的后缀不是 BSR 能写的格式：{known}。</translation>
    </message>
    <message>
        <source>{file} does not enlarge by {scale}.</source>
        <translation>{file} 不能放大 {scale} 倍。</translation>
    </message>
    <message>
        <source>{file} holds a number that is not finite, in {array}.</source>
        <translation>{file} 的 {array} 中有非有限数值。</translation>
    </message>
    <message>
        <source>{file} holds an array too many: {array}.</source>
        <translation>{file} 多出一个数组：{array}。</translation>
    </message>
    <message>
        <source>{file} is a folder, not a picture.</source>
        <translation>{file} 是文件夹，不是图片。</translation>
    </message>
    <message>
        <source>{file} is a pickle or an archive, such as PyTorch writes; BSR never loads these.</source>
        <translation>{file} 是 PyTorch 所写的 pickle 或压缩包；BSR 从不加载它们。</translation>
    </message>
    <message>
        <source>{file} is a pipe, socket or device, not a file.</source>
        <translation>{file} 是管道、套接字或设备，不是文件。</translation>
    </message>
    <message>
        <source>{file} is a pipe, socket or device, not a picture.</source>
        <translation>{file} 是管道、套接字或设备，不是图片。</translation>
    </message>
    <message>
        <source>{file} is cut short: its header does not end.</source>
        <translation>{file} 被截断：文件头没有结束。</translation>
    </message>
    <message>
        <source>{file} is cut short: {count} bytes are missing.</source>
        <translation>{file} 被截断：缺少 {count} 字节。</translation>
    </message>
    <message>
        <source>{file} is damaged: its header contradicts itself.</source>
        <translation>{file} 已损坏：文件头自相矛盾。</translation>
    </message>
    <message>
        <source>{file} is damaged: its header lacks {key}.</source>
        <translation>{file} 已损坏：文件头缺少 {key}。</translation>
    </message>
    <message>
        <source>{file} is damaged: its header makes no sense.</source>
        <translation>{file} 已损坏：文件头没有意义。</translation>
    </message>
    <message>
        <source>{file} is damaged: the array {array} is missing.</source>
        <translation>{file} 已损坏：缺少数组 {array}。</translation>
    </message>
    <message>
        <source>{file} is damaged: there are bytes behind its end.</source>
        <translation>{file} 已损坏：结尾之后还有字节。</translation>
    </message>
    <message>
        <source>{file} is damaged: {array} has the shape {shape} where {expected} is expected.</source>
        <translation>{file} 已损坏：{array} 的形状是 {shape}，应为 {expected}。</translation>
    </message>
    <message>
        <source>{file} is damaged: {array} is of the wrong type.</source>
        <translation>{file} 已损坏：{array} 类型错误。</translation>
    </message>
    <message>
        <source>{file} is empty.</source>
        <translation>{file} 是空的。</translation>
    </message>
    <message>
        <source>{file} is not a batch table, so it was not replaced.</source>
        <translation>{file} 不是批处理表格，因此没有被替换。</translation>
    </message>
    <message>
        <source>{file} is not a BSR weights file.</source>
        <translation>{file} 不是 BSR 权重文件。</translation>
    </message>
    <message>
        <source>It has the name of an earlier result, but is not what was written then. To enlarge it, name the file itself.</source>
        <translation>它的名称与先前的结果相同，但内容不是当时写入的。要放大它，请直接指定该文件。</translation>
    </message>
    <message>
        <source>There is no earlier batch in {folder}, so nothing can be retried.</source>
        <translation>{folder} 中没有先前的批处理，因此没有可重试的内容。</translation>
    </message>
    <message>
        <source>is damaged, or its pixels are stored in a way that BSR does not know: save it as PNG first</source>
        <translation>已损坏，或其像素的存储方式 BSR 无法识别：请先将其另存为 PNG</translation>
    </message>
    <message>
        <source>{file} is not a journal of BSR and is left alone. Move it away, or choose another output folder.</source>
        <translation>{file} 不是 BSR 的日志，因此不会被改动。请将其移走，或选择其他输出文件夹。</translation>
    </message>
    <message>
        <source>{file} is not a safetensors file.</source>
        <translation>{file} 不是 safetensors 文件。</translation>
    </message>
    <message>
        <source>{file} is of format version {version}; this program reads {known}.</source>
        <translation>{file} 的格式版本是 {version}；本程序读取 {known}。</translation>
    </message>
    <message>
        <source>{file} is too large for a weights file.</source>
        <translation>{file} 太大，不像权重文件。</translation>
    </message>
    <message>
        <source>{file} is too small to measure on; {side} pixels are needed.</source>
        <translation>{file} 太小，无法测量；需要 {side} 像素。</translation>
    </message>
    <message>
        <source>{file} needs about {needed} MB in {folder}, and {free} MB are free. Make room, then resume: what is finished is not done again.</source>
        <translation>{file} 在 {folder} 中约需 {needed} MB，而只有 {free} MB 可用。请腾出空间后继续：已完成的不会重做。</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is.</source>
        <translation>{file} 需要的内存超过现有内存。</translation>
    </message>
    <message>
        <source>{file} needs the network {network}, unknown here.</source>
        <translation>{file} 需要网络 {network}，此处未知。</translation>
    </message>
    <message>
        <source>{file} was altered or damaged: its checksum differs.</source>
        <translation>{file} 被改动或损坏：校验和不符。</translation>
    </message>
    <message>
        <source>{file} would overwrite the original. Give another name or another folder.</source>
        <translation>{file} 会覆盖原图。请换一个名称或文件夹。</translation>
    </message>
    <message>
        <source>{file} {problem}.</source>
        <translation>{file} {problem}。</translation>
    </message>
    <message>
        <source>{file}: the file was exchanged while the program was running.</source>
        <translation>{file}：程序运行期间文件被替换。</translation>
    </message>
    <message>
        <source>{file}: there is not enough memory for this picture.</source>
        <translation>{file}：内存不足以处理这张图片。</translation>
    </message>
    <message>
        <source>{file}: unexpected error ({kind}: {details}); the details are in the log.</source>
        <translation>{file}：意外错误（{kind}：{details}）；详情见日志。</translation>
    </message>
    <message>
        <source>{file}: {problem}</source>
        <translation>{file}: {problem}</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{file}: {reason}.</source>
        <translation>{file}: {reason}。</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}；{second}</translation>
    </message>
    <message>
        <source>{folder} has no low-resolution picture for {file}.</source>
        <translation>{folder} 中没有 {file} 的低分辨率图片。</translation>
    </message>
    <message>
        <source>{format} cannot hold the colours of this HDR picture: save it as PNG.</source>
        <translation>{format} 无法容纳这张 HDR 图片的颜色：请保存为 PNG。</translation>
    </message>
    <message>
        <source>{format} holds at most {limit} pixels a side and the picture is {width} x {height}: save it as PNG or TIFF, or choose a smaller scale.</source>
        <translation>{format} 每边最多 {limit} 像素，而图片为 {width} x {height}：请保存为 PNG 或 TIFF，或选择较小的倍数。</translation>
    </message>
    <message>
        <source>{setting} was {before} and is now {now}</source>
        <translation>{setting} 原为 {before}，现为 {now}</translation>
    </message>
    <message>
        <source>{there} Not usable: {files}.</source>
        <translation>{there} 不可用：{files}。</translation>
    </message>
    <message>
        <source>{width} x {height} pixels would have to be enlarged {scale} times; at most {limit} times is possible.</source>
        <translation>{width} x {height} 像素需要放大 {scale} 倍；最多可放大 {limit} 倍。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>less than {0} s</source>
        <translation>不到 {0} 秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分</translation>
    </message>
    <message>
        <source>{0} MP/s</source>
        <translation>{0} MP/s</translation>
    </message>
    <message>
        <source>{0} pixels</source>
        <translation>{0} 像素</translation>
    </message>
    <message>
        <source>{0} MP</source>
        <translation>{0} MP</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>干净</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>锐利</translation>
    </message>
    <message>
        <source>Keeps everything that is in the picture.</source>
        <translation>保留图片中的一切。</translation>
    </message>
    <message>
        <source>Removes the blocks and smudges of JPEG compression.</source>
        <translation>去除 JPEG 压缩造成的块状和色斑。</translation>
    </message>
    <message>
        <source>Crisp, with detail that is invented.</source>
        <translation>清晰锐利，细节为虚构。</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>二值</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>浮点</translation>
    </message>
    <message>
        <source>{0}, clean-up {1} %</source>
        <translation>{0}，清理 {1} %</translation>
    </message>
    <message>
        <source>Smaller than float, but not faster: only the weights are signs, the inputs stay real numbers.</source>
        <translation>比浮点小，但不更快：只有权重是符号，输入仍是实数。</translation>
    </message>
    <message>
        <source>Scanning files</source>
        <translation>正在扫描文件</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Preparing for this processor, once…</source>
        <translation>正在为此处理器做一次性准备…</translation>
    </message>
    <message>
        <source>“{0}” exists already; nothing was written.</source>
        <translation>“{0}”已存在，未写入。</translation>
    </message>
    <message>
        <source>“{0}” is saved in “{1}” already.</source>
        <translation>“{0}”已保存在“{1}”中。</translation>
    </message>
    <message>
        <source>Saved “{0}” in “{1}”.</source>
        <translation>已将“{0}”保存到“{1}”。</translation>
    </message>
    <message>
        <source>Kept: {0}.</source>
        <translation>保留：{0}。</translation>
    </message>
    <message>
        <source>The file holds several pictures: this is the first.</source>
        <translation>文件包含多张图片：这是第一张。</translation>
    </message>
    <message>
        <source>Not kept: {0}.</source>
        <translation>未保留：{0}。</translation>
    </message>
    <message>
        <source>ICC profile</source>
        <translation>ICC 配置文件</translation>
    </message>
    <message>
        <source>colours, as an ICC profile</source>
        <translation>颜色（作为 ICC 配置文件）</translation>
    </message>
    <message>
        <source>colours, as sRGB</source>
        <translation>颜色（转换为 sRGB）</translation>
    </message>
    <message>
        <source>resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>transparency</source>
        <translation>透明度</translation>
    </message>
    <message>
        <source>panorama mark</source>
        <translation>全景标记</translation>
    </message>
    <message>
        <source>text beside the pixels</source>
        <translation>像素之外的文字</translation>
    </message>
    <message>
        <source>HDR light levels</source>
        <translation>HDR 亮度值</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
</TS>
